import type { Template } from "../expression/Template";
import type { PolicyScope } from "./PolicyConfiguration";

/** The texts of a configuration that hold expressions, but for those of the variables. */
export const TEMPLATED_OPTIONS = [
  "region",
  "accessKey",
  "secretKey",
  "function",
  "invocationType",
  "qualifier",
  "logType",
  "roleArn",
  "roleSessionName",
  "payload",
  "endpoint",
  "ssl.trustStoreType",
  "ssl.trustStorePath",
  "ssl.trustStorePassword",
  "ssl.trustStoreContent",
] as const;

/** A text of a configuration, by its path. */
export type TemplatedOption = (typeof TEMPLATED_OPTIONS)[number];

/** Those of them that decide how AWS is reached. */
export const CONNECTION_OPTIONS = TEMPLATED_OPTIONS.filter(
  (name) =>
    name.startsWith("ssl.") ||
    ["region", "accessKey", "secretKey", "endpoint"].includes(name),
);

/** Those of them that say as whom is called: they may ask for a secret, as the vendor has it, and none of them may come out empty. */
export const IDENTITY_OPTIONS: ReadonlySet<string> = new Set<TemplatedOption>([
  "accessKey",
  "secretKey",
  "roleArn",
]);

/** The region where a configuration names none, as the vendor has it. */
export const DEFAULT_REGION = "us-east-1";

/** The times of a configuration, and the names that the vendor's first versions gave them. */
export const TIMEOUT_OPTIONS = {
  connectionTimeoutMs: undefined,
  readTimeoutMs: "socketTimeoutMs",
  apiCallAttemptTimeoutMs: "requestTimeoutMs",
  apiCallTimeoutMs: "clientExecutionTimeoutMs",
} as const;

/** Whether a timer of Node's can wait so many milliseconds. */
export const isTimeout = (ms: unknown): ms is number =>
  Number.isInteger(ms) && Number(ms) >= 0 && Number(ms) < 2 ** 31;

/** A time of a configuration. */
export type TimeoutOption = keyof typeof TIMEOUT_OPTIONS;

/** A configuration, read once: its texts parsed, its defaults in place. */
export interface ParsedConfiguration {
  readonly scope: PolicyScope;
  readonly templates: ReadonlyMap<TemplatedOption, Template>;
  /** Absent times are not there; 0 is absent. */
  readonly timeouts: Readonly<Partial<Record<TimeoutOption, number>>>;
  readonly trustAll: boolean;
  readonly variables: readonly {
    readonly name: string;
    readonly value: Template | undefined;
  }[];
  readonly sendToConsumer: boolean;
}

import type * as LambdaSdk from "@aws-sdk/client-lambda";
import type * as SsmSdk from "@aws-sdk/client-ssm";
import type * as StsSdk from "@aws-sdk/client-sts";
import type { RequestHandler } from "../http/toRequestHandler";

/** The AWS SDK packages that we speak through. */
export interface Sdks {
  readonly lambda: typeof LambdaSdk;
  readonly sts: typeof StsSdk;
  readonly ssm: typeof SsmSdk;
}

/** A service of AWS, by its short name. */
export type Service = keyof Sdks;

/** An action of a service, with its input. */
export interface ServiceRequest {
  readonly service: Service | "rolesanywhere";
  readonly action: string;
  readonly input: object;
}

/** The commands of a service, by the name of the action, as IAM and AWS's API pages write it. */
type Commands<Sdk> = {
  [
    Export in keyof Sdk as Export extends `${infer Action}Command`
      ? Action
      : never
  ]: Sdk[Export];
};

/** The actions of a service. */
export type Action<Name extends Service> = keyof Commands<Sdks[Name]> & string;

/** The command of an action: it carries its input, and tells its output by its type. */
type CommandOf<Name extends Service, Of extends Action<Name>> = Commands<
  Sdks[Name]
>[Of] extends new (...args: never) => infer Command
  ? Command
  : never;

/** What an action takes; `undefined` is absent. */
export type ActionInput<Name extends Service, Of extends Action<Name>> =
  CommandOf<Name, Of> extends { input: infer Input }
    ? { [Field in keyof Input]: Input[Field] | undefined }
    : never;

/** What an action answers. */
export type ActionOutput<Name extends Service, Of extends Action<Name>> =
  CommandOf<Name, Of> extends {
    resolveMiddleware(
      ...args: never[]
    ): (...args: never[]) => Promise<{ output: infer Output }>;
  }
    ? Output
    : never;

/** What a client is made of. */
export interface ClientConfig {
  readonly region?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly credentials?: object;
  readonly useFipsEndpoint: boolean;
  readonly useDualstackEndpoint: boolean;
  readonly maxAttempts: number;
  readonly requestHandler: RequestHandler;
  readonly customUserAgent: string;
}

/** As much of a client as is used: the rest is typed by the action. */
export interface Client {
  send(command: unknown, options: object): Promise<unknown>;
  readonly config: { region(): Promise<string> };
}

/* eslint-disable @typescript-eslint/no-require-imports -- each is loaded when it is first spoken to */
const LOAD: { readonly [Name in Service]: () => Sdks[Name] } = {
  lambda: () => require("@aws-sdk/client-lambda") as typeof LambdaSdk,
  sts: () => require("@aws-sdk/client-sts") as typeof StsSdk,
  ssm: () => require("@aws-sdk/client-ssm") as typeof SsmSdk,
};
/* eslint-enable @typescript-eslint/no-require-imports */

const CLIENT_NAMES: Readonly<Record<Service, string>> = {
  lambda: "LambdaClient",
  sts: "STSClient",
  ssm: "SSMClient",
};

type Constructors = Readonly<Record<string, new (input: unknown) => unknown>>;

/** Makes a client of a service. */
export function createClient(service: Service, config: ClientConfig): Client {
  const sdk = LOAD[service]() as unknown as Constructors;
  const SdkClient = sdk[CLIENT_NAMES[service]];
  if (!SdkClient) throw new Error(`no client for ${service}`);
  return new SdkClient(config) as Client;
}

/** Makes the command of an action. */
export function createCommand(
  service: Service,
  action: string,
  input: unknown,
): unknown {
  const sdk = LOAD[service]() as unknown as Constructors;
  const Command = sdk[`${action}Command`];
  if (!Command) throw new Error(`${service} has no action ${action}`);
  return new Command(input);
}

import type * as LambdaSdk from "@aws-sdk/client-lambda";
import type * as SsmSdk from "@aws-sdk/client-ssm";
import type * as StsSdk from "@aws-sdk/client-sts";
import type { RequestHandler } from "../http/toRequestHandler";

/** The AWS SDK packages in use, by service. */
export interface Sdks {
  readonly lambda: typeof LambdaSdk;
  readonly sts: typeof StsSdk;
  readonly ssm: typeof SsmSdk;
}

/** Short name of an AWS service. */
export type Service = keyof Sdks;

/** An action of a service and its input. */
export interface ServiceRequest {
  readonly service: Service | "rolesanywhere";
  readonly action: string;
  readonly input: object;
}

/** The command classes of a service by action name, as in IAM and the AWS API reference. */
type Commands<Sdk> = {
  [
    Export in keyof Sdk as Export extends `${infer Action}Command`
      ? Action
      : never
  ]: Sdk[Export];
};

/** Names of the actions of a service. */
export type Action<Name extends Service> = keyof Commands<Sdks[Name]> & string;

/** The command of an action. Its type determines the input and the output. */
type CommandOf<Name extends Service, Of extends Action<Name>> = Commands<
  Sdks[Name]
>[Of] extends new (...args: never) => infer Command
  ? Command
  : never;

/** Input of an action. `undefined` means not set. */
export type ActionInput<Name extends Service, Of extends Action<Name>> =
  CommandOf<Name, Of> extends { input: infer Input }
    ? { [Field in keyof Input]: Input[Field] | undefined }
    : never;

/** Output of an action. */
export type ActionOutput<Name extends Service, Of extends Action<Name>> =
  CommandOf<Name, Of> extends {
    resolveMiddleware(
      ...args: never[]
    ): (...args: never[]) => Promise<{ output: infer Output }>;
  }
    ? Output
    : never;

/** Configuration of an AWS SDK client. */
export interface ClientConfig {
  readonly region?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly credentials?: object;
  /** Whether not to read endpoints from the environment and the shared configuration files. */
  readonly ignoreConfiguredEndpointUrls: boolean;
  readonly defaultsMode: string;
  readonly retryMode: string;
  readonly authSchemePreference: string[];
  readonly useFipsEndpoint: boolean;
  readonly useDualstackEndpoint: boolean;
  readonly maxAttempts: number;
  readonly requestHandler: RequestHandler;
  readonly customUserAgent: string;
}

/** The parts of an AWS SDK client in use. Input and output are typed by the action. */
export interface Client {
  send(command: unknown, options: object): Promise<unknown>;
  readonly config: {
    region(): Promise<string>;
    /** How far AWS's clock is ahead of this machine's, in ms, as far as the client knows. */
    readonly systemClockOffset?: number;
  };
}

/* eslint-disable @typescript-eslint/no-require-imports -- each package is loaded on first use */
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

/** Creates the client of a service. */
export function createClient(service: Service, config: ClientConfig): Client {
  const sdk = LOAD[service]() as unknown as Constructors;
  const SdkClient = sdk[CLIENT_NAMES[service]];
  if (!SdkClient) throw new Error(`there is no client for ${service}`);
  return new SdkClient(config) as Client;
}

/** A command of the AWS SDK, as far as it is used here. */
export interface Command {
  readonly middlewareStack: {
    addRelativeTo(middleware: unknown, options: object): void;
  };
}

/** Creates the command of an action. */
export function createCommand(
  service: Service,
  action: string,
  input: unknown,
): Command {
  const sdk = LOAD[service]() as unknown as Constructors;
  const Command = sdk[`${action}Command`];
  if (!Command) throw new Error(`${service} has no action ${action}`);
  return new Command(input) as Command;
}

type Next = (args: { request: { headers: object } }) => Promise<unknown>;

/** Replaces headers that the SDK's retry sets: it numbers its own attempts, of which each of ours is the first. */
export function setAttemptHeaders(
  { middlewareStack }: Command,
  headers: Readonly<Record<string, string>>,
): void {
  const middleware =
    (next: Next): Next =>
    (args) => {
      Object.assign(args.request.headers, headers);
      return next(args);
    };
  // Before the signature, which includes these headers.
  middlewareStack.addRelativeTo(middleware, {
    name: "attemptHeaders",
    relation: "after",
    toMiddleware: "retryMiddleware",
  });
}

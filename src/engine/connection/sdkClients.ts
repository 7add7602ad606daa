import type { EndpointService } from "../http/serviceEndpoint";
import type { RequestHandler } from "../http/toRequestHandler";

/** Short name of an AWS service for which there is an AWS SDK client. */
export type Service = "lambda" | "sts" | "ssm";

/** An action of a service and its input. */
export interface ServiceRequest {
  readonly service: EndpointService;
  readonly action: string;
  readonly input: object;
}

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

/** The parts of an AWS SDK client in use. */
export interface Client {
  send(command: unknown, options: object): Promise<unknown>;
  readonly config: {
    region(): Promise<string>;
  };
}

/** The parts of an AWS SDK command in use. */
export interface Command {
  readonly middlewareStack: {
    addRelativeTo(middleware: unknown, options: object): void;
  };
}

/** The AWS SDK's classes for one action. */
export interface SdkModule {
  readonly Client: new (config: ClientConfig) => Client;
  readonly Command: new (input: unknown) => Command;
}

/** Loads the AWS SDK's classes for one action. */
export type LoadSdk<CommandClass = unknown> = () => Promise<{
  readonly Client: unknown;
  readonly Command: CommandClass;
}>;

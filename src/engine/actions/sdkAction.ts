import type { Attempt } from "../call/Attempt";
import type { LoadSdk, SdkModule, Service } from "../connection/sdkClients";
import { isSuccess, UnexpectedStatusError } from "../http/responseStatus";
import type { WireResponse } from "../http/transport";
import type { Action } from "../call/Action";
import { loadPackage } from "../text/loadPackage";

/** Input of a command of the AWS SDK. `undefined` means not set. */
type InputOf<Command> = Command extends { input: infer Input }
  ? { [Field in keyof Input]: Input[Field] | undefined }
  : never;

/** Output of a command of the AWS SDK. */
type OutputOf<Command> = Command extends {
  resolveMiddleware(
    ...args: never[]
  ): (...args: never[]) => Promise<{ output: infer Output }>;
}
  ? Output
  : never;

/** An action that is sent through the AWS SDK. */
interface SdkActionDefinition<Command> {
  readonly service: Service;
  /** As in IAM and the AWS API reference. */
  readonly name: string;
  /**
   * Loads the SDK's classes, which takes time and memory, so it happens on first use. The names must be destructured from
   * `await import(…)`, so that Rollup and webpack leave out the rest of the package.
   */
  readonly load: LoadSdk<new (...args: never) => Command>;
}

/** Defines an action that is sent through the AWS SDK. */
export function sdkAction<Command>({
  service,
  name,
  load,
}: SdkActionDefinition<Command>): Action<InputOf<Command>, OutputOf<Command>> {
  let loaded: Promise<SdkModule> | undefined;
  return {
    service,
    name,
    send: async (attempt, input) => {
      loaded ??= loadPackage(`@aws-sdk/client-${service}`, load).catch(
        (error: unknown) => {
          // The next call tries again: too many files may have been open.
          loaded = undefined;
          throw error;
        },
      ) as Promise<object> as Promise<SdkModule>;
      const output = await send(attempt, { service, input, ...(await loaded) });
      return output as OutputOf<Command>;
    },
  };
}

interface SdkRequest extends SdkModule {
  readonly service: Service;
  readonly input: unknown;
}

function send(
  attempt: Attempt,
  { service, Client, Command, input }: SdkRequest,
): Promise<unknown> {
  const { call, credentials, serviceRequest, request } = attempt;
  const { region } = request;
  const { clients } = call.shared;
  const client = clients.for({ service, region, credentials }, Client);
  const options = {
    abortSignal: call.signal,
    credentials,
    onSent: () => {
      attempt.noteSent();
    },
    onResponse: (received: WireResponse) => {
      const response = attempt.noteResponse(received);
      // The SDK reads errors, but accepts every other status as success.
      const isError = response.statusCode >= 300;
      if (!isError && !isSuccess(response.statusCode, serviceRequest))
        throw new UnexpectedStatusError(response);
      return response;
    },
  };
  const command = new Command(input);
  setAttemptHeaders(command, attempt.headers);
  return client.send(command, options);
}

type Next = (args: { request: { headers: object } }) => Promise<unknown>;

/** Replaces headers that the SDK's retry sets: it numbers its own attempts, of which each of ours is the first. */
function setAttemptHeaders(
  { middlewareStack }: InstanceType<SdkModule["Command"]>,
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

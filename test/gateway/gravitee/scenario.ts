import { InvokeFunctionResponse } from "../../../domain";
import { Body } from "../../../gateway/http/Body";
import { Exchange } from "../../../gateway/http/Exchange";
import { GatewayRequest } from "../../../gateway/http/GatewayRequest";
import { GatewayResponse } from "../../../gateway/http/GatewayResponse";
import { HeaderList } from "../../../gateway/http/HeaderList";
import { createRoute } from "../../../gateway/route/createRoute";
import { Route } from "../../../gateway/route/Route";
import { runRoute } from "../../../gateway/route/runRoute";
import type { Step } from "../../../gateway/route/Step";
import { awsLambdaPolicy } from "../../../gateway/gravitee/awsLambdaPolicy";
import type { PolicyConfiguration } from "../../../gateway/gravitee/configuration/PolicyConfiguration";
import type { PolicyFailure } from "../../../gateway/gravitee/errors/PolicyFailure";
import type { PolicyOptions } from "../../../gateway/gravitee/configuration/PolicyOptions";
import { FunctionError, type Connection, type Connector } from "../../../src";

/** What a function returns: text, a function error, a status, or an error that the connector throws. */
export interface Answering {
  readonly text?: string;
  readonly functionError?: string;
  readonly status?: number;
  readonly log?: string;
  readonly thrown?: Error;
}

/** One request to the connector, and the connection that it used. */
export interface Asked {
  readonly operation: "invokeFunction" | "assumeRoleInvoke";
  readonly request: Record<string, unknown>;
  /** The payload as text; undefined if there was none. */
  readonly payload: string | undefined;
  readonly options: { readonly timeoutMs?: number } | undefined;
  readonly connection: Connection;
}

/** The result of one call. */
export interface Outcome {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: string;
  readonly asked: readonly Asked[];
  /** The request that the origin received; undefined if it received none. */
  readonly origin: GatewayRequest | undefined;
  readonly attributes: ReadonlyMap<string, unknown>;
  readonly failures: readonly PolicyFailure[];
  readonly faults: readonly unknown[];
}

export interface Scenario {
  readonly configuration?: Partial<PolicyConfiguration>;
  readonly options?: Partial<PolicyOptions>;
  /** The function's results, one for each call; the last one is repeated. Defaults to an empty string. */
  readonly answers?: readonly Answering[];
  /** Policies that run after the first one. */
  readonly more?: readonly Pick<Scenario, "configuration" | "options">[];
  /** Steps that run before and after the policies. */
  readonly ahead?: readonly Step[];
  readonly behind?: readonly Step[];
  readonly request?: {
    readonly method?: string;
    readonly url?: string;
    readonly headers?: readonly string[];
    readonly body?: string | Uint8Array;
  };
  readonly response?: {
    readonly status?: number;
    readonly headers?: readonly string[];
    readonly body?: string | Uint8Array;
  };
  readonly native?: unknown;
  /** How many times the request is sent. Defaults to 1. */
  readonly times?: number;
}

/** Sends a request through a policy whose function returns the given results. */
export async function call(scenario: Scenario): Promise<Outcome> {
  const asked: Asked[] = [];
  const failures: PolicyFailure[] = [];
  const faults: unknown[] = [];
  const answers = [...(scenario.answers ?? [{}])];
  const connect = (connection: Connection): Connector =>
    connectorThat(connection, (about) => {
      asked.push(about);
      return (answers.length > 1 ? answers.shift() : answers[0]) ?? {};
    });
  const policies = await Promise.all(
    [scenario, ...(scenario.more ?? [])].map(({ configuration, options }) =>
      awsLambdaPolicy({
        semantics: "v4",
        connect,
        onFailure: (failure) => failures.push(failure),
        ...options,
        configuration: options?.configuration ?? {
          function: "lambda-example",
          ...configuration,
        },
      }),
    ),
  );
  let origin: GatewayRequest | undefined;
  const route = createRoute({
    steps: [...(scenario.ahead ?? []), ...policies, ...(scenario.behind ?? [])],
    origin: ({ request }) => {
      origin = request;
      return Promise.resolve(responseOf(scenario));
    },
    onFault: ({ error }) => faults.push(error),
  });
  const goThrough = async (): Promise<Outcome> => {
    const exchange = new Exchange(requestOf(scenario), {
      native: scenario.native ?? {},
    });
    const definition = Route.definitionOf(route);
    if (!definition.origin) throw new Error("the route has no origin");
    const response = await runRoute(definition, exchange, definition.origin);
    const bytes = await response.body.read(10_000_000);
    const { status, headers } = response;
    const body = Buffer.from(bytes ?? []).toString();
    const { attributes } = exchange;
    return {
      status,
      headers,
      body,
      asked,
      origin,
      attributes,
      failures,
      faults,
    };
  };
  for (let at = 1; at < (scenario.times ?? 1); at++) await goThrough();
  return goThrough();
}

const bodyOf = (bytes: string | Uint8Array | undefined): Body =>
  bytes === undefined ? new Body() : new Body(Buffer.from(bytes));

function requestOf({ request = {} }: Scenario): GatewayRequest {
  return new GatewayRequest({
    method: request.method ?? "GET",
    url: request.url ?? "/endpoint",
    headers: new HeaderList(request.headers ?? []),
    body: bodyOf(request.body),
    scheme: "https",
    host: "api.globex.example",
    mountPath: "/shop",
    remoteAddress: "198.51.100.24",
  });
}

function responseOf({ response = {} }: Scenario): GatewayResponse {
  return new GatewayResponse({
    status: response.status ?? 200,
    headers: new HeaderList(response.headers ?? []),
    body: bodyOf(response.body ?? "response from backend"),
  });
}

/** Creates a connector with the two methods that a policy uses. */
function connectorThat(
  connection: Connection,
  answer: (asked: Asked) => Answering,
): Connector {
  const method =
    (operation: Asked["operation"]) =>
    (
      request: Record<string, unknown>,
      options?: Asked["options"],
    ): Promise<InvokeFunctionResponse> => {
      const payload = request["payload"] as Uint8Array | undefined;
      const result = answer({
        operation,
        request,
        payload: payload && Buffer.from(payload).toString(),
        options,
        connection,
      });
      if (result.thrown) return Promise.reject(result.thrown);
      const response = responseThat(result, request["invocationType"]);
      if (
        result.functionError !== undefined &&
        request["onFunctionError"] !== "return"
      )
        return Promise.reject(
          new FunctionError({
            operation: "InvokeFunction",
            message: "InvokeFunction: the function ran and failed.",
            retryable: false,
            response,
          }),
        );
      return Promise.resolve(response);
    };
  return {
    invokeFunction: method("invokeFunction"),
    assumeRoleInvoke: method("assumeRoleInvoke"),
    close: () => undefined,
  } as unknown as Connector;
}

const STATUSES: Readonly<Record<string, number>> = { Event: 202, DryRun: 204 };

function responseThat(
  { text = "", status, functionError, log }: Answering,
  type: unknown,
): InvokeFunctionResponse {
  return new InvokeFunctionResponse(
    {
      statusCode: status ?? STATUSES[String(type)] ?? 200,
      payloadBytes: Buffer.from(text),
      ...(functionError !== undefined && { functionError }),
      ...(log !== undefined && { log }),
    },
    (json) => JSON.parse(json) as unknown,
  );
}

/** Replaces the response body with an attribute, like Gravitee's own tests; with `noContent` if it is not set. */
export const copying = (attribute: string): Step => ({
  name: "copies",
  response: ({ attributes }) => {
    const value = attributes.get(attribute);
    return {
      change: { body: typeof value === "string" ? value : "noContent" },
    };
  },
});

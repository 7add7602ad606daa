import { InvokeFunctionResponse } from "../../../domain";
import { Body } from "../../../gateway/http/Body";
import { Exchange } from "../../../gateway/http/Exchange";
import { GatewayRequest } from "../../../gateway/http/GatewayRequest";
import { GatewayResponse } from "../../../gateway/http/GatewayResponse";
import { HeaderList } from "../../../gateway/http/HeaderList";
import { createRoute } from "../../../gateway/route/createRoute";
import { Route } from "../../../gateway/route/Route";
import { runRoute } from "../../../gateway/route/runRoute";
import { sidecar } from "../../../gateway/boomi/sidecar";
import type { SidecarFailure } from "../../../gateway/boomi/options/SidecarFailure";
import type { SidecarOptions } from "../../../gateway/boomi/options/SidecarOptions";
import type { Connector } from "../../../src";

/** The connection settings of a valid sidecar configuration. */
export const CONNECTION = `region:eu-central-1
functionARN:arn:aws:lambda:eu-central-1:222233334444:function:order-guard
roleARN:arn:aws:iam::222233334444:role/tibco_sidecar_connector_orders
externalIdKey:globex/prod/orderTrust`;

export const configured = (...lines: string[]): string =>
  [CONNECTION, ...lines].join("\n");

/** What a function returns: a JSON value, raw text, a function error, a status, or an error that the connector throws. */
export type Answering =
  | { readonly json: unknown }
  | { readonly text: string }
  | { readonly failed: string; readonly functionError?: string }
  | { readonly status: number }
  | { readonly thrown: Error };

/** The result of one call. */
export interface Outcome {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: string;
  /** The payloads that the functions received, in order. */
  readonly inputs: Record<string, unknown>[];
  /** The requests that the connector received, in order. */
  readonly requests: Record<string, unknown>[];
  /** The request that the origin received; undefined if it received none. */
  readonly origin: GatewayRequest | undefined;
  readonly failures: SidecarFailure[];
  readonly faults: unknown[];
}

export interface Scenario {
  readonly pre?: string | object;
  readonly post?: string | object;
  /** The function's results, one for each call; the last one is repeated. Defaults to `{}`. */
  readonly answers?: readonly Answering[];
  readonly options?: Partial<SidecarOptions>;
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
}

const bodyOf = (bytes: string | Uint8Array | undefined): Body =>
  bytes === undefined ? new Body() : new Body(Buffer.from(bytes));

/** Sends one request through a sidecar whose functions return the given results. */
export async function call(scenario: Scenario): Promise<Outcome> {
  const [outcome] = await calls(scenario, 1);
  if (!outcome) throw new Error("no call was made");
  return outcome;
}

/** Sends the same request several times through the same sidecar. */
export async function calls(
  scenario: Scenario,
  times: number,
): Promise<Outcome[]> {
  const requests: Record<string, unknown>[] = [];
  const failures: SidecarFailure[] = [];
  const faults: unknown[] = [];
  const answers = [...(scenario.answers ?? [{ json: {} }])];
  const step = sidecar({
    connector: connectorThat((request) => {
      requests.push(request);
      return (
        (answers.length > 1 ? answers.shift() : answers[0]) ?? { json: {} }
      );
    }),
    endpoint: { serviceId: "svc81hh2k", endpointId: "ep44tt09x" },
    onFailure: (failure) => failures.push(failure),
    ...(scenario.pre !== undefined && { preInput: scenario.pre as string }),
    ...(scenario.post !== undefined && { postInput: scenario.post as string }),
    ...scenario.options,
  });
  let origin: GatewayRequest | undefined;
  const { status = 200, headers = [], body } = scenario.response ?? {};
  const route = createRoute({
    steps: [step],
    origin: ({ request }) => {
      origin = request;
      return Promise.resolve(
        new GatewayResponse({
          status,
          headers: new HeaderList(headers),
          body: bodyOf(body),
        }),
      );
    },
    onFault: ({ error }) => faults.push(error),
  });
  const outcomes: Outcome[] = [];
  for (let at = 0; at < times; at++) {
    const exchange = new Exchange(requestOf(scenario), { native: undefined });
    const definition = Route.definitionOf(route);
    if (!definition.origin) throw new Error("the route has no origin");
    const response = await runRoute(definition, exchange, definition.origin);
    const bytes = await response.body.read(10_000_000);
    outcomes.push({
      status: response.status,
      headers: response.headers,
      body: Buffer.from(bytes ?? []).toString(),
      inputs: requests.map(
        ({ payload }) =>
          JSON.parse(Buffer.from(payload as Uint8Array).toString()) as Record<
            string,
            unknown
          >,
      ),
      requests,
      origin,
      failures,
      faults,
    });
  }
  return outcomes;
}

function requestOf({ request = {} }: Scenario): GatewayRequest {
  return new GatewayRequest({
    method: request.method ?? "POST",
    url: request.url ?? "/orders?dryRun=yes",
    headers: new HeaderList(request.headers ?? []),
    body: bodyOf(request.body),
    scheme: "https",
    host: "api.globex.example",
    mountPath: "/shop",
    remoteAddress: "198.51.100.24",
  });
}

/** Creates a connector with the one method that a sidecar uses. */
function connectorThat(
  answer: (request: Record<string, unknown>) => Answering,
): Connector {
  const assumeRoleInvoke = (
    request: Record<string, unknown>,
  ): Promise<InvokeFunctionResponse> => {
    const result = answer(request);
    if ("thrown" in result) return Promise.reject(result.thrown);
    const text =
      "text" in result
        ? result.text
        : "failed" in result
          ? result.failed
          : "json" in result
            ? JSON.stringify(result.json)
            : "";
    const isEvent = request["invocationType"] === "Event";
    return Promise.resolve(
      new InvokeFunctionResponse(
        {
          statusCode: "status" in result ? result.status : isEvent ? 202 : 200,
          payloadBytes: Buffer.from(text),
          ...("failed" in result && {
            functionError: result.functionError ?? "Unhandled",
          }),
        },
        (json) => JSON.parse(json) as unknown,
      ),
    );
  };
  return { assumeRoleInvoke } as unknown as Connector;
}

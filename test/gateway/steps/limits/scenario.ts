import {
  Body,
  Exchange,
  GatewayRequest,
  HeaderList,
  type Step,
  type Verdict,
} from "../../../../gateway";
import { isConnectorError } from "../../../../src";

/** What a request of a test has. */
export interface Arrival {
  readonly address?: string | undefined;
  readonly headers?: readonly string[];
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** Creates an exchange of a client. */
export function exchangeOf({
  address,
  headers = [],
  attributes = {},
}: Arrival = {}): Exchange {
  const request = new GatewayRequest({
    method: "GET",
    url: "/orders/7",
    headers: new HeaderList(headers),
    body: new Body(),
    scheme: "http",
    remoteAddress: address,
  });
  const exchange = new Exchange(request, { native: undefined });
  for (const [name, value] of Object.entries(attributes))
    exchange.attributes.set(name, value);
  return exchange;
}

/** What a step decides: `passes`, or the status, `Retry-After` and reason of a refusal. */
export function decisionOf(verdict: Verdict): string {
  if (!verdict) return "passes";
  const { status, headers, reason } = verdict.refuse ?? {};
  return `${String(status)}, ${String(headers?.["Retry-After"])} s: ${String(reason)}`;
}

/** Sends a request through a step whose verdict is synchronous. */
export function send(step: Step, arrival: Arrival | Exchange = {}): string {
  const exchange = arrival instanceof Exchange ? arrival : exchangeOf(arrival);
  const verdict = step.request?.(exchange);
  if (verdict instanceof Promise) throw new Error("the verdict is a promise");
  return decisionOf(verdict);
}

/** Whether a request passes a step. */
export const passes = (step: Step, arrival?: Arrival): boolean =>
  send(step, arrival) === "passes";

/** Which options a refusal names, and by which rules. */
export function issuesOf(create: () => unknown): string[] {
  try {
    create();
  } catch (error) {
    if (isConnectorError(error) && error.code === "ERR_INVALID_INPUT")
      return error.issues.map(({ path, rule }) => `${path} ${rule}`);
    throw error;
  }
  return [];
}

/** The message of what a function throws. */
export function messageOf(create: () => unknown): string {
  try {
    create();
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

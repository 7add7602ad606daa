import type { Exchange } from "../http/Exchange";
import type { GatewayResponse } from "../http/GatewayResponse";
import type { StepResponse } from "./verdict/StepResponse";

/**
 * A request that failed or was refused, for which the gateway itself responds.
 *
 * @category Gateway
 */
export interface Fault {
  /** Status for the client, 400 to 599. */
  readonly status: number;

  /** Headers for the client, such as `Retry-After`. They are added to the rendered response, unless it sets them. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;

  /** Name of the step that failed or refused, `origin`, `request` if the request could not be accepted, or `router`. */
  readonly where: string;

  /** Why a step or the router refused the request, in a sentence for the client. `undefined` if something failed. */
  readonly reason: string | undefined;

  /** What was thrown; `undefined` after a refusal. It may contain secrets: it is not for the client. */
  readonly error: unknown;

  /** The exchange. */
  readonly exchange: Exchange;
}

/**
 * Makes the response to a fault. `undefined` selects the default response: the status as `text/plain`.
 *
 * @category Gateway
 */
export type RenderFault = (
  fault: Fault,
) => StepResponse | GatewayResponse | undefined;

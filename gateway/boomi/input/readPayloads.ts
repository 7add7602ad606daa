import type { Exchange } from "../../http/Exchange";
import type { GatewayRequest } from "../../http/GatewayRequest";
import type { GatewayResponse } from "../../http/GatewayResponse";
import type { PointConfiguration } from "../configuration/PointConfiguration";
import { SIDECAR_ERRORS, SidecarError } from "../errors/SidecarError";
import type { InputMessage } from "./SidecarInput";
import type { TimeBudget } from "../invocation/TimeBudget";
import { toPayload } from "./toPayload";

/** The largest payload that a function ever receives, in bytes. */
export const PAYLOAD_LIMIT_BYTES = 1024 * 1024;

/** The payload members of both messages; empty for a payload that is not selected, or has no bytes. */
export interface Payloads {
  readonly request: InputMessage;
  readonly response: InputMessage;
}

/**
 * Reads the selected payloads.
 *
 * @throws {@link SidecarError} if a payload is too large.
 */
export async function readPayloads(
  configuration: PointConfiguration,
  {
    exchange: { request, response },
    budget,
  }: { readonly exchange: Exchange; readonly budget: TimeBudget },
): Promise<Payloads> {
  const read = async (
    token: "requestPayload" | "responsePayload",
    message: GatewayRequest | GatewayResponse | undefined,
  ): Promise<InputMessage> => {
    if (!configuration.expandInput.has(token) || !message) return {};
    const { body } = message;
    // A slow client does not use the time budget: otherwise it could skip a fail-safe function by sending slowly.
    const bytes =
      message === request
        ? await body.read(PAYLOAD_LIMIT_BYTES)
        : await budget.run((signal) =>
            body.read(PAYLOAD_LIMIT_BYTES, { signal }),
          );
    if (!bytes) throw new SidecarError(SIDECAR_ERRORS.payloadOverOneMegabyte());
    if (bytes.length > configuration.maxPayloadBytes)
      throw new SidecarError(SIDECAR_ERRORS.payloadTooLarge());
    return bytes.length > 0 ? toPayload(bytes, message.headers) : {};
  };
  return {
    request: await read("requestPayload", request),
    response: await read("responsePayload", response),
  };
}

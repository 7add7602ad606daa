import type { Clock } from "../settings/clock";
import { WireError, type Transport } from "../http/transport";

/** Time limit of one request of the default chain: a request without a response would block all later loads. */
export const CHAIN_REQUEST_TIMEOUT_MS = 10_000;

/** Returns a transport that ends every request after {@link CHAIN_REQUEST_TIMEOUT_MS}, and not before. */
export function limitTime(transport: Transport, clock: Clock): Transport {
  return {
    async send(request, { onSent, maxBodyBytes }) {
      const controller = new AbortController();
      const cancel = clock.after(CHAIN_REQUEST_TIMEOUT_MS, () => {
        controller.abort();
      });
      try {
        return await transport.send(request, {
          signal: controller.signal,
          onSent,
          ...(maxBodyBytes !== undefined && { maxBodyBytes }),
        });
      } catch (cause) {
        if (!controller.signal.aborted) throw cause;
        const seconds = CHAIN_REQUEST_TIMEOUT_MS / 1_000;
        throw new WireError(
          "ETIMEDOUT",
          new Error(
            `${request.hostname} did not respond within ${seconds} seconds`,
          ),
        );
      } finally {
        cancel();
      }
    },
  };
}

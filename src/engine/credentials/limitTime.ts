import type { RequestHandler } from "../http/toRequestHandler";
import { WireError } from "../http/transport";
import type { Clock } from "../settings/clock";

/** Time limit of one request of the default chain: a request without a response would block all later loads. */
const REQUEST_TIMEOUT_MS = 10_000;

/** Ends every request after {@link REQUEST_TIMEOUT_MS}. */
export function limitTime(
  handler: RequestHandler,
  clock: Clock,
): RequestHandler {
  return {
    ...handler,
    async handle(request, options) {
      const controller = new AbortController();
      const cancel = clock.after(REQUEST_TIMEOUT_MS, () => {
        controller.abort();
      });
      try {
        return await handler.handle(request, {
          ...options,
          abortSignal: controller.signal,
        });
      } catch (cause) {
        if (!controller.signal.aborted) throw cause;
        const seconds = REQUEST_TIMEOUT_MS / 1_000;
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

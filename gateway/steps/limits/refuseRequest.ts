import type { RefuseVerdict } from "../../route/verdict/Verdict";

/** Refuses a request, and says when to try again: in whole seconds, at least one ({@link https://www.rfc-editor.org/rfc/rfc9110.html#section-10.2.3 | RFC 9110, 10.2.3}). */
export const refuseRequest = ({
  status,
  retryAfterMs = 0,
  reason,
}: {
  readonly status: 429 | 503;
  readonly retryAfterMs?: number | undefined;
  readonly reason: string;
}): RefuseVerdict => ({
  refuse: {
    status,
    headers: { "Retry-After": toSeconds(retryAfterMs) },
    reason,
  },
});

function toSeconds(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  return String(seconds >= 1 && Number.isFinite(seconds) ? seconds : 1);
}

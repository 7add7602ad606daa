import { Readable } from "node:stream";
import type { Body } from "../../http/Body";
import type { GatewayResponse } from "../../http/GatewayResponse";
import type { HeaderList } from "../../http/HeaderList";
import { isFinalStatus } from "../../http/headerRules";
import { toWebStream } from "./toWebStream";

/** Statuses for which Fetch allows no body, not even an empty one. */
const WITHOUT_BODY = new Set([204, 205, 304]);

/** Converts a response. */
export function toResponse(
  { status, statusText, headers, body }: GatewayResponse,
  {
    method,
    idleTimeoutMs,
  }: { readonly method: string; readonly idleTimeoutMs: number },
): Response {
  // Some servers replace `Response` with their own class, which would fail only when it is sent.
  if (!isFinalStatus(status))
    throw new RangeError(`Fetch does not support the status ${status}`);
  const isBodiless = method === "HEAD" || WITHOUT_BODY.has(status);
  const plain = headers.without(["trailer"]);
  const { source } = body;
  const isEmpty = source instanceof Uint8Array && source.length === 0;
  const framed =
    source instanceof Readable || (isBodiless && (isEmpty || !source))
      ? plain
      : plain.with("Content-Length", String(source?.length ?? 0));
  if (isBodiless) body.discard();
  return new Response(isBodiless ? null : toWeb(body, idleTimeoutMs), {
    status,
    ...(statusText !== undefined && { statusText }),
    headers: new Headers(
      pairsOf(status === 204 ? framed.without(["content-length"]) : framed),
    ),
  });
}

type WebBody = NonNullable<ConstructorParameters<typeof Response>[0]>;

/** Converts a body, and counts what is read of it. */
export function toWeb(body: Body, idleTimeoutMs?: number): WebBody | null {
  const { source } = body;
  if (source === undefined) return null;
  const onBytes = (bytes: number): void => {
    body.countSent(bytes);
  };
  if (source instanceof Readable)
    return toWebStream(source, { onBytes, idleTimeoutMs }) as WebBody;
  onBytes(source.length);
  return source as Uint8Array<ArrayBuffer>;
}

/** The headers as pairs. */
export function pairsOf({ lines }: HeaderList): [string, string][] {
  return lines.flatMap((name, at) =>
    at % 2 === 0 ? [[name, lines[at + 1] ?? ""] as [string, string]] : [],
  );
}

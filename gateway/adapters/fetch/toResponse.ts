import { Readable } from "node:stream";
import type { Body } from "../../http/Body";
import { announcedLengthOf, isBodiless } from "../../http/framing";
import type { GatewayResponse } from "../../http/GatewayResponse";
import type { HeaderList } from "../../http/HeaderList";
import { isFinalStatus } from "../../http/headerRules";
import { toWebStream, type StreamOptions } from "./toWebStream";

/** Converts a response. */
export function toResponse(
  { status, statusText, headers, body }: GatewayResponse,
  {
    method,
    ...options
  }: Omit<StreamOptions, "length"> & { readonly method: string },
): Response {
  // Some servers replace `Response` with their own class, which would fail only when it is sent.
  if (!isFinalStatus(status))
    throw new RangeError(`Fetch does not support the status ${status}`);
  const hasNoBody = hasNoFetchBody(method, status);
  const plain = headers.without(["trailer"]);
  const { source } = body;
  const isEmpty = source instanceof Uint8Array && source.length === 0;
  const framed =
    source instanceof Readable || (hasNoBody && (isEmpty || !source))
      ? plain
      : plain.with("Content-Length", String(source?.length ?? 0));
  if (hasNoBody) body.discard();
  const length = announcedLengthOf(headers);
  return new Response(hasNoBody ? null : toWeb(body, { ...options, length }), {
    status,
    ...(statusText !== undefined && { statusText }),
    headers: new Headers(
      pairsOf(status === 204 ? framed.without(["content-length"]) : framed),
    ),
  });
}

/** Whether a response has no body in Fetch, not even an empty one. */
export const hasNoFetchBody = (method: string, status: number): boolean =>
  isBodiless(method, status) || status === 205;

type WebBody = NonNullable<ConstructorParameters<typeof Response>[0]>;

/** Converts a body. */
export function toWeb(
  { source }: Body,
  options: StreamOptions,
): WebBody | null {
  if (source === undefined) return null;
  if (source instanceof Readable)
    return toWebStream(source, options) as WebBody;
  options.onBytes?.(source.length);
  return source as Uint8Array<ArrayBuffer>;
}

/** The headers as pairs. */
export function pairsOf({ lines }: HeaderList): [string, string][] {
  return lines.flatMap((name, at) =>
    at % 2 === 0 ? [[name, lines[at + 1] ?? ""] as [string, string]] : [],
  );
}

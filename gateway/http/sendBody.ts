import type { OutgoingMessage } from "node:http";
import { Readable, type Writable } from "node:stream";
import { finished } from "node:stream/promises";
import type { Body } from "./Body";
import { toPlainName } from "./headerNames";
import { findHeaderNameProblem, isReservedHeader } from "./headerRules";
import { MAX_SINGLE_WRITE_BYTES, takeBufferedBytes } from "./takeBufferedBytes";

/** Where a body is written to. */
export type BodySink = Writable & Pick<OutgoingMessage, "addTrailers">;

/**
 * Sends a body and its trailers, at the pace of the reader.
 *
 * @param isForbidden - Whether a trailer of this name must not be sent. Called after the body.
 */
export async function sendBody(
  body: Body,
  sink: BodySink,
  isForbidden: (name: string) => boolean = () => false,
): Promise<void> {
  const source = takeBufferedBytes(body);
  if (source instanceof Readable) await pipe(body, source, sink);
  if (sink.destroyed) return;
  const trailers = toSendableTrailers(body.trailers()).filter(
    ([name]) => !isForbidden(name),
  );
  if (trailers.length > 0) sink.addTrailers(trailers);
  if (!(source instanceof Uint8Array) || source.length === 0) sink.end();
  else {
    body.countSent(source.length);
    if (source.length > MAX_SINGLE_WRITE_BYTES) sink.end(source);
    else sink.end(toBuffer(source).toString("latin1"), "latin1");
  }
}

async function pipe(
  body: Body,
  source: Readable,
  sink: BodySink,
): Promise<void> {
  const count = (chunk: Uint8Array): void => {
    body.countSent(chunk.length);
  };
  const stop = (): void => {
    source.off("data", count).unpipe(sink);
    body.discard();
  };
  if (sink.destroyed) stop();
  else source.on("data", count).pipe(sink, { end: false });
  sink.once("close", stop);
  try {
    await finished(source, { writable: false });
  } catch (error) {
    // An incomplete message must not end as if it were complete.
    sink.destroy();
    throw error;
  } finally {
    source.off("data", count);
    sink.off("close", stop);
  }
}

/**
 * Fields that must not be sent as trailers, because a server that adds trailers to the headers would use them to route, authenticate or
 * interpret a message that has been judged already ({@link https://www.rfc-editor.org/rfc/rfc9110.html#section-6.5.1 | RFC 9110, 6.5.1}).
 */
const NOT_IN_TRAILERS =
  /^(?:authorization|cache-control|content-(?:encoding|range|type)|cookie|forwarded|host|if-.*|location|max-forwards|pragma|range|set-cookie|vary|www-authenticate|x-forwarded-.*|x-http-method-override)$/i;

/** Trailers as pairs, without those that must not be trailers, such as `Content-Length`. */
const toSendableTrailers = (lines: readonly string[]): [string, string][] =>
  lines.flatMap((name, at) =>
    at % 2 === 0 &&
    findHeaderNameProblem(name) === undefined &&
    !NOT_IN_TRAILERS.test(toPlainName(name)) &&
    !isReservedHeader(toPlainName(name))
      ? [[name, lines[at + 1] ?? ""] as [string, string]]
      : [],
  );

const toBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

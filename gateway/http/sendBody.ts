import type { OutgoingMessage } from "node:http";
import { Readable, type Writable } from "node:stream";
import { finished } from "node:stream/promises";
import type { Body } from "./Body";
import { BodyMeter, type MeterOptions } from "./body/BodyMeter";
import { toPlainName } from "./headerNames";
import { findHeaderNameProblem, isReservedHeader } from "./headerRules";
import { MAX_SINGLE_WRITE_BYTES, takeBufferedBytes } from "./takeBufferedBytes";

/** Where a body is written to. */
export type BodySink = Writable & Pick<OutgoingMessage, "addTrailers">;

/** How a body is sent. */
export interface SendOptions extends MeterOptions {
  /** Whether a trailer of this name must not be sent. Called after the body. Defaults to no name. */
  readonly isForbidden?: (name: string) => boolean;
}

/**
 * Sends a body and its trailers, at the pace of the reader. Rejects if the body fails, or if its length is not the announced one; the sink
 * is destroyed then.
 */
export async function sendBody(
  body: Body,
  sink: BodySink,
  options: SendOptions,
): Promise<void> {
  const { isForbidden = () => false, onBytes } = options;
  const source = takeBufferedBytes(body);
  if (source instanceof Readable) await pump(body, sink, { source, options });
  if (sink.destroyed) return;
  const trailers = toSendableTrailers(body.trailers()).filter(
    ([name]) => !isForbidden(name),
  );
  if (trailers.length > 0) sink.addTrailers(trailers);
  if (!(source instanceof Uint8Array) || source.length === 0) sink.end();
  else {
    onBytes?.(source.length);
    if (source.length > MAX_SINGLE_WRITE_BYTES) sink.end(source);
    else sink.end(toBuffer(source).toString("latin1"), "latin1");
  }
}

async function pump(
  body: Body,
  sink: BodySink,
  {
    source,
    options,
  }: { readonly source: Readable; readonly options: MeterOptions },
): Promise<void> {
  const meter = new BodyMeter(source, options);
  const onData = (chunk: unknown): void => {
    if (sink.destroyed || sink.writableEnded) stop();
    else if (!source.destroyed) write(chunk, { source, sink, meter });
  };
  const resume = (): void => {
    source.resume();
  };
  const detach = (): void => {
    source.off("data", onData);
    sink.off("drain", resume).off("close", stop);
  };
  const stop = (): void => {
    detach();
    body.discard();
  };
  sink.on("drain", resume).once("close", stop).on("error", stop);
  if (sink.destroyed) stop();
  else source.on("data", onData)[sink.writableNeedDrain ? "pause" : "resume"]();
  try {
    await finished(source, { writable: false });
    meter.end();
  } catch (error) {
    // An incomplete message must not end as if it were complete.
    sink.destroy();
    throw error;
  } finally {
    detach();
  }
}

/** Writes a chunk, and pauses the source if the sink is full. */
function write(
  chunk: unknown,
  {
    source,
    sink,
    meter,
  }: {
    readonly source: Readable;
    readonly sink: BodySink;
    readonly meter: BodyMeter;
  },
): void {
  try {
    const bytes = meter.take(chunk);
    // Node sends a string together with the head.
    const isFree =
      typeof chunk === "string"
        ? sink.write(chunk, source.readableEncoding ?? "utf8")
        : sink.write(bytes);
    if (!isFree) source.pause();
  } catch (error) {
    source.destroy(error as Error);
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

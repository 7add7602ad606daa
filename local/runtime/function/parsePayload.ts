/**
 * Parses a payload into the event of the handler. An empty payload becomes an empty object.
 *
 * @throws SyntaxError if the payload is not JSON.
 */
export function parsePayload(payload: Uint8Array): unknown {
  if (payload.byteLength === 0) return {};
  return JSON.parse(
    Buffer.from(
      payload.buffer,
      payload.byteOffset,
      payload.byteLength,
    ).toString("utf8"),
  );
}

/**
 * The event a payload stands for. An empty payload is an empty object.
 *
 * @throws SyntaxError when the payload is not JSON.
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

/** A function's response that can't be applied. The message is for the host, never for the client. */
export class InvalidResponseError extends Error {
  override readonly name = "InvalidResponseError";
}

/** The body of a request cannot be read any more, because something before the gateway has read it. The message contains nothing of it. */
export class BodyReadError extends Error {
  override readonly name = "BodyReadError";
}

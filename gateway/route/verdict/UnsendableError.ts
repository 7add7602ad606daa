/** A step returned something that cannot be sent. */
export class UnsendableError extends Error {
  override readonly name = "UnsendableError";
}

/** An answer as it goes onto the wire; length and date are added there. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string | StreamedBody;
}

/** Makes a body while it goes out; the head goes with its first frame. */
export type StreamedBody = (outlet: BodyWriter) => Promise<void>;

/** Where a body goes that is made while it goes out. */
export interface BodyWriter {
  /** Sends a frame at once; resolves when the next is wanted. What nobody reads any more is dropped. */
  write(frame: Uint8Array): Promise<void>;

  /** Sends the last frame, and ends the answer. */
  end(frame: Uint8Array): Promise<void>;
}

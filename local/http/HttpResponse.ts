/** An HTTP response. The length and the date are added when it is sent. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string | StreamedBody;
}

/** Writes a streamed body. The headers are sent with the first frame. */
export type StreamedBody = (outlet: BodyWriter) => Promise<void>;

/** Writes the frames of a streamed body. */
export interface BodyWriter {
  /**
   * Sends a frame immediately. Resolves when the next frame can be written. Frames are discarded if
   * the connection is closed.
   */
  write(frame: Uint8Array): Promise<void>;

  /** Sends the last frame and ends the response. */
  end(frame: Uint8Array): Promise<void>;
}

/** A payload that may still be checked when its request is created. */
export class DeferredPayload {
  /** The payload to send, or a promise of it, which rejects if the payload breaks the contract. */
  readonly payload: unknown;

  /** Identifies the payload before it has been checked. */
  readonly identity: Uint8Array | undefined;

  constructor(payload: unknown, identity: Uint8Array | undefined) {
    this.payload = payload;
    this.identity = identity;
    // It may be rejected before the request is sent.
    if (payload instanceof Promise) payload.catch(() => undefined);
  }
}

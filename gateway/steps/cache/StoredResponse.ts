import { Body } from "../../http/Body";
import { GatewayResponse } from "../../http/GatewayResponse";
import { HeaderList } from "../../http/HeaderList";

/** A body whose bytes many exchanges share: a step that reads them receives a copy, which it can change. */
class SharedBody extends Body {
  override async read(
    ...given: Parameters<Body["read"]>
  ): Promise<Uint8Array | undefined> {
    const bytes = await super.read(...given);
    return bytes && new Uint8Array(bytes);
  }
}

/** Memory of an entry besides its strings and its body, in bytes. */
const OVERHEAD_BYTES = 512;

/** A response in the cache. */
export class StoredResponse {
  /** Memory that it uses, in bytes. */
  readonly weight: number;

  readonly #status: number;
  readonly #statusText: string | undefined;
  readonly #lines: readonly string[];
  readonly #bytes: Uint8Array | undefined;
  /** When the origin made it, in milliseconds since 1970. */
  readonly #bornAt: number;
  readonly #expiresAt: number;

  constructor(
    { status, statusText, headers }: GatewayResponse,
    {
      bytes,
      bornAt,
      expiresAt,
    }: {
      readonly bytes: Uint8Array | undefined;
      readonly bornAt: number;
      readonly expiresAt: number;
    },
  ) {
    this.#status = status;
    this.#statusText = statusText;
    this.#lines = headers.without(["age"]).lines;
    this.#bytes = bytes;
    this.#bornAt = bornAt;
    this.#expiresAt = expiresAt;
    let characters = 0;
    for (const each of this.#lines) characters += each.length;
    this.weight = OVERHEAD_BYTES + characters + (bytes?.length ?? 0);
  }

  isFresh(now: number): boolean {
    return now < this.#expiresAt;
  }

  /** Its age, in whole seconds. */
  age(now: number): number {
    return Math.max(0, Math.floor((now - this.#bornAt) / 1_000));
  }

  /** The response to send. */
  toResponse(now: number): GatewayResponse {
    const bytes = this.#bytes;
    return new GatewayResponse({
      status: this.#status,
      statusText: this.#statusText,
      headers: new HeaderList([...this.#lines, "Age", String(this.age(now))]),
      body: bytes ? new SharedBody(bytes) : new Body(),
    });
  }
}

import { hash, timingSafeEqual } from "node:crypto";
import type { ApiKey } from "./ApiKeysOptions";
import { hashApiKey, isApiKey } from "./hashApiKey";

interface Entry {
  readonly digest: Uint8Array;
  readonly id: string;
}

/**
 * The clients by their keys. It contains only the hashes of the keys. A key is found by the first 32 bits of its hash, and then compared in
 * constant time, so that the time depends neither on how much of a key is right nor on how many keys there are.
 */
export class KeyTable {
  readonly #entries = new Map<number, Entry[]>();

  constructor(keys: readonly ApiKey[]) {
    for (const each of keys) {
      const digest = Buffer.from(each.hash ?? hashApiKey(each.key), "hex");
      const prefix = digest.readUInt32BE();
      const others = this.#entries.get(prefix) ?? [];
      this.#entries.set(prefix, [...others, { digest, id: each.id }]);
    }
  }

  /** The client with this key. */
  find(key: string): string | undefined {
    if (!isApiKey(key)) return undefined;
    const digest = hash("sha256", key, "buffer");
    let id: string | undefined;
    for (const entry of this.#entries.get(digest.readUInt32BE()) ?? [])
      if (timingSafeEqual(entry.digest, digest)) id = entry.id;
    return id;
  }
}

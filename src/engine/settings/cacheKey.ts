import { hash } from "node:crypto";

/** A value that a cache key depends on. */
export type KeyPart =
  | string
  | number
  | boolean
  | null
  | undefined
  | Date
  | Uint8Array
  | readonly KeyPart[]
  | { readonly [field: string]: KeyPart };

/**
 * Returns the key of a cache entry: a SHA-256 hash, 43 characters. Every cache whose key has several parts, or a secret
 * part, uses it. Keys are equal only if all parts are equal in type and value: `undefined`, `null` and `"undefined"` are
 * different parts, and so are `["ab", "c"]` and `["a", "bc"]`. The key contains none of its parts, so secrets may be among
 * them.
 *
 * @param cache - Name of the cache, so that entries of different caches never have the same key.
 */
export function cacheKey(cache: string, ...parts: readonly KeyPart[]): string {
  const text = encode(cache) + encodeList(parts);
  const isAscii = Buffer.byteLength(text) === text.length;
  // Otherwise as UTF-16, because UTF-8 has the same bytes for every half of a surrogate pair.
  const content = isAscii ? text : Buffer.from(text, "utf16le");
  return hash("sha256", content, "base64url");
}

/** Encodes a value with its type and its length, so that no two values have the same encoding. */
function encode(part: KeyPart): string {
  if (typeof part === "string") return `s${part.length}:${part}`;
  if (typeof part !== "object" || part === null)
    return `${typeof part} ${String(part)};`;
  if (part instanceof Date) return `d${part.getTime()};`;
  if (part instanceof Uint8Array)
    return `b${encode(Buffer.from(part).toString("base64"))}`;
  if (isList(part)) return encodeList(part);
  const fields = Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1));
  return `o${encodeList(fields.flat())}`;
}

function encodeList(parts: readonly KeyPart[]): string {
  // Faster than `map` and `join`: a warm call computes one key.
  let text = `a${parts.length}:`;
  for (const part of parts) text += encode(part);
  return text;
}

/** `Array.isArray` does not narrow a read-only array. */
function isList(part: object): part is readonly KeyPart[] {
  return Array.isArray(part);
}

/** Reads ASN.1 in DER, and in BER as far as PKCS#12 files of other programs use it: indefinite lengths and strings in parts. */

/** One element. */
export interface Asn1 {
  /** Tag byte: class, whether the element is constructed, and number. */
  readonly tag: number;
  readonly content: Buffer;
  /** The whole element. */
  readonly raw: Buffer;
}

/** The bytes are not ASN.1, or not of the expected structure. */
export class Asn1Error extends Error {
  override readonly name = "Asn1Error";
}

/** Maximum nesting. PKCS#12 files have about ten levels. */
const MAX_DEPTH = 32;

/** Tags of an integer and of a sequence. */
export const INTEGER = 0x02;
export const SEQUENCE = 0x30;

const CONSTRUCTED = 0x20;
const INDEFINITE = 0x80;

/** Reads the element that starts at the first byte. */
export function readAsn1(bytes: Buffer): Asn1 {
  return readAt(bytes, 0, 0);
}

/** Returns the elements of a constructed element. */
export function childrenOf({ tag, content }: Asn1): Asn1[] {
  if (!(tag & CONSTRUCTED)) throw new Asn1Error("not constructed");
  const children: Asn1[] = [];
  for (let at = 0; at < content.length;) {
    const child = readAt(content, at, 0);
    children.push(child);
    at += child.raw.length;
  }
  return children;
}

/** Returns the child at an index. */
export function childOf(element: Asn1, index: number): Asn1 {
  const child = childrenOf(element)[index];
  if (!child) throw new Asn1Error("an element is missing");
  return child;
}

/** Returns the bytes of a string, which can consist of parts. */
export function toOctets(element: Asn1, depth = 0): Buffer {
  if (!(element.tag & CONSTRUCTED)) return element.content;
  if (depth > MAX_DEPTH) throw new Asn1Error("nested too deeply");
  return Buffer.concat(
    childrenOf(element).map((part) => toOctets(part, depth + 1)),
  );
}

/** Returns an object identifier in its dotted form. */
export function toOid({ content }: Asn1): string {
  const [first = 0] = content;
  const numbers = [Math.min(2, Math.floor(first / 40))];
  numbers.push(first - 40 * (numbers[0] ?? 0));
  let number = 0;
  for (const byte of content.subarray(1)) {
    number = number * 128 + (byte & 0x7f);
    if (byte & 0x80) continue;
    numbers.push(number);
    number = 0;
  }
  return numbers.join(".");
}

/** Returns an integer that is not negative; `Infinity` if it is larger than 48 bits. */
export function toInteger({ content }: Asn1): number {
  let start = 0;
  while (content[start] === 0) start++;
  const length = content.length - start;
  if (length > 6) return Infinity;
  return length === 0 ? 0 : content.readUIntBE(start, length);
}

function readAt(bytes: Buffer, at: number, depth: number): Asn1 {
  if (depth > MAX_DEPTH) throw new Asn1Error("nested too deeply");
  const tag = byteAt(bytes, at);
  const first = byteAt(bytes, at + 1);
  if (first === INDEFINITE) return readIndefinite(bytes, at, depth);
  const lengthBytes = first > INDEFINITE ? first & 0x7f : 0;
  const start = at + 2 + lengthBytes;
  if (lengthBytes > 4 || start > bytes.length)
    throw new Asn1Error("the length of an element cannot be read");
  const length = lengthBytes ? bytes.readUIntBE(at + 2, lengthBytes) : first;
  const end = start + length;
  if (end > bytes.length) throw new Asn1Error("an element is cut off");
  return {
    tag,
    content: bytes.subarray(start, end),
    raw: bytes.subarray(at, end),
  };
}

/** Reads an element of indefinite length: it ends with two zero bytes after its last child. */
function readIndefinite(bytes: Buffer, at: number, depth: number): Asn1 {
  const start = at + 2;
  let end = start;
  while (byteAt(bytes, end) !== 0 || byteAt(bytes, end + 1) !== 0)
    end += readAt(bytes, end, depth + 1).raw.length;
  return {
    tag: byteAt(bytes, at),
    content: bytes.subarray(start, end),
    raw: bytes.subarray(at, end + 2),
  };
}

function byteAt(bytes: Buffer, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw new Asn1Error("an element is cut off");
  return byte;
}

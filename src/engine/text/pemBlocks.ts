import { types } from "node:util";

/** Longer texts are not searched. A file with all public certificate authorities has some 250 KB. */
const MAX_LENGTH = 2_097_152;

/** Text can be base64 of base64, for example of a Kubernetes secret; not more often. */
const MAX_DECODINGS = 2;

/** What text in PEM format, or something that was made from it, contains. */
export interface PemContent {
  /** The blocks, in their usual form. Empty if there are none. */
  readonly blocks: readonly PemBlock[];
  /** The bytes, if the content is in DER format instead. */
  readonly der?: Buffer;
}

/** A block of PEM: `-----BEGIN <label>-----` … `-----END <label>-----`. */
export interface PemBlock {
  readonly label: string;
  /** The whole block, with lines of 64 characters. Not complete if its end is missing. */
  readonly text: string;
}

/**
 * Reads PEM as it comes out of environment variables, YAML and secret stores: with `\n` as two characters, with spaces or
 * nothing instead of line breaks, indented, in quotes, percent-encoded, as bytes, or as base64 of the file. Text around the
 * blocks is ignored. The time is linear in the length.
 */
export function readPemContent(value: unknown): PemContent {
  return read(value, 0);
}

function read(value: unknown, decodings: number): PemContent {
  if (types.isUint8Array(value)) {
    const { buffer, byteOffset, byteLength } = value;
    const bytes = Buffer.from(buffer, byteOffset, byteLength);
    if (byteLength > MAX_LENGTH) return { blocks: [] };
    // DER starts with a sequence. `0` is no character that PEM starts with.
    return bytes[0] === 0x30 && !bytes.includes("-----BEGIN ")
      ? { blocks: [], der: bytes }
      : read(toText(bytes), decodings);
  }
  if (typeof value !== "string" || value.length > MAX_LENGTH)
    return { blocks: [] };
  const text = decodePercent(value);
  if (text.includes(BEGIN)) return { blocks: findBlocks(text) };
  const bytes = decodings < MAX_DECODINGS ? decodeBase64(text) : undefined;
  return bytes ? read(bytes, decodings + 1) : { blocks: [] };
}

/** Some programs of Windows write UTF-16. */
function toText(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(isUtf16 ? "utf16le" : "latin1");
}

function decodePercent(text: string): string {
  if (!/-----BEGIN%20/i.test(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Decodes text that is nothing but base64. */
function decodeBase64(text: string): Buffer | undefined {
  const base64 = removeDecoration(text.replace(/^\s*data:[^,]{0,100},/, ""));
  if (base64.length < 20 || !/^[\w+/-]+=*$/.test(base64)) return undefined;
  return Buffer.from(base64, "base64");
}

/** Removes line breaks, written out or real, other whitespace, and quotes. None of these is part of base64. */
function removeDecoration(text: string): string {
  return text.replace(/\\[nrt]|[\s"'\\,\uFEFF]/g, "");
}

const BEGIN = "-----BEGIN ";

function findBlocks(text: string): PemBlock[] {
  const blocks: PemBlock[] = [];
  for (let at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at)) {
    const start = at + BEGIN.length;
    const label = /^[A-Z\d ]{1,40}(?=-----)/.exec(
      text.slice(start, start + 45),
    )?.[0];
    if (label === undefined) {
      at = start;
      continue;
    }
    const end = text.indexOf(`-----END ${label}-----`, start);
    const body = start + label.length + 5;
    if (end < 0) {
      // Cut off. The search ends, so that the time stays linear.
      blocks.push({ label, text: `${BEGIN}${label}-----\n` });
      break;
    }
    blocks.push(toBlock(label, text.slice(body, end)));
    at = end;
  }
  return blocks;
}

/** Where the headers of an encrypted key are, in characters from the start of its block. */
const MAX_HEADERS_LENGTH = 500;

/** The headers of an encrypted key in OpenSSL's older format. */
const ENCRYPTION_HEADERS =
  /^(?:\\+[nrt]|[\s"'])*Proc-Type:\s*4,\s*ENCRYPTED(?:\\+[nrt]|[\s"'])*DEK-Info:\s*([A-Z\d-]{1,30}),\s*([\dA-F]{16,32})/i;

function toBlock(label: string, content: string): PemBlock {
  let body = content;
  let headers = "";
  const found = ENCRYPTION_HEADERS.exec(content.slice(0, MAX_HEADERS_LENGTH));
  if (found) {
    const [whole, algorithm = "", digits = ""] = found;
    // Without line breaks, the base64 follows directly and can begin with hexadecimal digits.
    const length = /^AES/i.test(algorithm) ? 32 : 16;
    const iv = digits.slice(0, length);
    body = content.slice(whole.length - digits.length + iv.length);
    headers = `Proc-Type: 4,ENCRYPTED\nDEK-Info: ${algorithm},${iv}\n\n`;
  }
  const lines = removeDecoration(body).match(/.{1,64}/g) ?? [];
  return {
    label,
    text: `${BEGIN}${label}-----\n${headers}${lines.join("\n")}\n-----END ${label}-----\n`,
  };
}

import { crc32 } from "node:zlib";

/** The first line of a resume file names the format and its version. */
export const FORMAT = "aws-lambda-connector invoke-many";
export const VERSION = 1;

/**
 * What a line records about a request. `start`: it was read for the first time, and may be sent from now on. `again`: it may
 * be sent again. `back`: it certainly did not run. `done` and `failed`: its outcome. `taken`: the caller received the
 * outcome.
 */
export type RecordKind =
  "start" | "again" | "back" | "done" | "failed" | "taken";

/** The contents of one line. */
export interface ResumeRecord {
  readonly kind: RecordKind;
  readonly index: number;
  /** The request's identity (`start`), the outcome as JSON (`done`, `failed`), or empty. */
  readonly text: string;
}

const KINDS: ReadonlySet<string> = new Set<RecordKind>([
  "start",
  "again",
  "back",
  "done",
  "failed",
  "taken",
]);

/**
 * Prefixes a line with its checksum: 8 hexadecimal digits and a space. The checksum also covers all previous lines, so a
 * missing line is detected as well as a changed one.
 */
export function addChecksum(
  text: string,
  previous: number,
): { readonly line: string; readonly checksum: number } {
  const checksum = crc32(Buffer.from(text), previous);
  return { line: `${toHex(checksum)} ${text}\n`, checksum };
}

/** Returns a line's checksum if it is correct. The text starts after {@link CHECKSUM_BYTES}. */
export function verifyChecksum(
  bytes: Buffer,
  previous: number,
): number | undefined {
  const checksum = crc32(bytes.subarray(CHECKSUM_BYTES), previous);
  const written = bytes.toString("latin1", 0, CHECKSUM_BYTES);
  return written === `${toHex(checksum)} ` ? checksum : undefined;
}

/** Length of a line's checksum and the space after it. */
export const CHECKSUM_BYTES = 9;

function toHex(checksum: number): string {
  return checksum.toString(16).padStart(8, "0");
}

/** Formats a record as a line, without its checksum. */
export function formatRecord({ kind, index, text }: ResumeRecord): string {
  return text === "" ? `${kind} ${index}` : `${kind} ${index} ${text}`;
}

/** Parses a line, except for an outcome, which is read when it is needed. `undefined`: it is not a valid record. */
export function parseRecord(bytes: Buffer): ResumeRecord | undefined {
  const end = CHECKSUM_BYTES + MAX_HEAD_BYTES;
  const head = bytes.toString("latin1", CHECKSUM_BYTES, end);
  const [kind = "", index = "", text = ""] = head.split(" ", 3);
  if (!KINDS.has(kind) || !/^\d{1,16}$/.test(index)) return undefined;
  return { kind: kind as RecordKind, index: Number(index), text };
}

/** Maximum length of kind, index and identity together. */
const MAX_HEAD_BYTES = 80;

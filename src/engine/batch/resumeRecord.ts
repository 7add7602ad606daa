import { checksum } from "./checksum";

/** What the first line of a resume file says. */
export const FORMAT = "aws-lambda-connector invoke-many";
export const VERSION = 1;

/**
 * What a line tells of one request: `start`, it was met for the first time and may go out from now on; `again`, the same
 * once more; `back`, it certainly did not run; `done` and `failed`, with the outcome; `taken`, the outcome was taken.
 */
export type RecordKind =
  "start" | "again" | "back" | "done" | "failed" | "taken";

/** What stands on one line. */
export interface ResumeRecord {
  readonly kind: RecordKind;
  readonly index: number;
  /** Of `start` the request's identity, of `done` and `failed` the outcome as JSON; otherwise empty. */
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

/** Writes a line's text behind the checksum of it and of everything before: 8 hexadecimal digits and a blank. */
export function addChecksum(
  text: string,
  before: number,
): { readonly line: string; readonly sum: number } {
  const sum = checksum(Buffer.from(text), before);
  return { line: `${hex(sum)} ${text}\n`, sum };
}

/** The checksum of a sealed line, where it is the right one; the text begins behind the 9th byte. */
export function verifyChecksum(
  bytes: Buffer,
  before: number,
): number | undefined {
  const sum = checksum(bytes.subarray(CHECKSUM_BYTES), before);
  const told = bytes.toString("latin1", 0, CHECKSUM_BYTES);
  return told === `${hex(sum)} ` ? sum : undefined;
}

export const CHECKSUM_BYTES = 9;

function hex(sum: number): string {
  return sum.toString(16).padStart(8, "0");
}

export function formatRecord({ kind, index, text }: ResumeRecord): string {
  return text === "" ? `${kind} ${index}` : `${kind} ${index} ${text}`;
}

/** What a line tells, but for the text of an outcome, which is read when it is wanted. Absent: it is no such line. */
export function parseRecord(bytes: Buffer): ResumeRecord | undefined {
  const head = bytes.toString(
    "latin1",
    CHECKSUM_BYTES,
    CHECKSUM_BYTES + HEAD_BYTES,
  );
  const [kind = "", index = "", text = ""] = head.split(" ", 3);
  if (!KINDS.has(kind) || !/^\d{1,16}$/.test(index)) return undefined;
  return { kind: kind as RecordKind, index: Number(index), text };
}

/** Kind, place and identity fit into so many bytes. */
const HEAD_BYTES = 80;

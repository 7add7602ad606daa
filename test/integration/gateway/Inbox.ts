/** A message as it was on the wire. Strings are Latin-1, so each character is one byte. */
export interface Message {
  /** The first line. */
  readonly start: string;

  /** The header lines, untouched. */
  readonly lines: readonly string[];

  /** The body, without its chunk framing. */
  readonly body: string;

  /** The trailer lines, untouched. */
  readonly trailers: readonly string[];
}

/** Parses HTTP/1.1 messages from the bytes of a socket, strictly by RFC 9112. Independent of Node's parser. */
export class Inbox {
  /** Everything that has been received, parsed or not. */
  all = "";
  #left = "";

  add(bytes: Buffer): void {
    const text = bytes.toString("latin1");
    this.all += text;
    this.#left += text;
  }

  /**
   * Removes and returns the next message; undefined if it is not complete.
   *
   * @param isBare - The message has no body, regardless of its headers. Defaults to what the headers say.
   * @param isEnded - No more bytes will be received.
   */
  take({ isBare = false, isEnded = false } = {}): Message | undefined {
    const end = this.#left.indexOf("\r\n\r\n");
    if (end < 0) return undefined;
    const [start = "", ...lines] = this.#left.slice(0, end).split("\r\n");
    const rest = this.#left.slice(end + 4);
    const found = isBare
      ? { body: "", trailers: [], left: rest }
      : bodyOf({ start, lines, rest, isEnded });
    if (!found) return undefined;
    this.#left = found.left;
    return { start, lines, body: found.body, trailers: found.trailers };
  }
}

/** Returns the values of a header; its name is case-insensitive. */
export function valuesOf(lines: readonly string[], name: string): string[] {
  return lines.flatMap((line) => {
    const at = line.indexOf(":");
    return line.slice(0, at).toLowerCase() === name.toLowerCase()
      ? [line.slice(at + 1).trim()]
      : [];
  });
}

interface Found {
  readonly body: string;
  readonly trailers: string[];
  readonly left: string;
}

function bodyOf({
  start,
  lines,
  rest,
  isEnded,
}: {
  start: string;
  lines: readonly string[];
  rest: string;
  isEnded: boolean;
}): Found | undefined {
  const none = { body: "", trailers: [], left: rest };
  if (/^HTTP\/1\.1 (1\d\d|204|304)/.test(start)) return none;
  const [length] = valuesOf(lines, "content-length");
  if (/chunked/i.test(valuesOf(lines, "transfer-encoding").join()))
    return chunksOf(rest);
  if (length !== undefined) {
    const bytes = Number(length);
    if (rest.length < bytes) return undefined;
    return {
      body: rest.slice(0, bytes),
      trailers: [],
      left: rest.slice(bytes),
    };
  }
  if (!start.startsWith("HTTP/")) return none;
  return isEnded ? { body: rest, trailers: [], left: "" } : undefined;
}

function chunksOf(rest: string): Found | undefined {
  let body = "";
  let at = 0;
  for (;;) {
    const end = rest.indexOf("\r\n", at);
    if (end < 0) return undefined;
    const size = parseInt(rest.slice(at, end), 16);
    at = end + 2;
    if (size === 0) break;
    if (rest.length < at + size + 2) return undefined;
    body += rest.slice(at, at + size);
    at += size + 2;
  }
  const trailers: string[] = [];
  for (;;) {
    const end = rest.indexOf("\r\n", at);
    if (end < 0) return undefined;
    const line = rest.slice(at, end);
    at = end + 2;
    if (line === "") return { body, trailers, left: rest.slice(at) };
    trailers.push(line);
  }
}

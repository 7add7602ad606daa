// What became of every invocation, a byte each: beside the heap, so that the books do not look like a leak.

/** What an invocation can have come to, as its caller was told. */
const OUTCOMES = [
  "open",
  "answered",
  "ran",
  "did-not-run",
  "may-have-run",
  "unreadable",
];
const IDEMPOTENT = 0x80;

export function createLedger() {
  let bytes = new Uint8Array(2 ** 20);
  let length = 0;
  return {
    /** A new invocation; its number. */
    open({ isIdempotent }) {
      if (length === bytes.length) {
        const larger = new Uint8Array(2 * length);
        larger.set(bytes);
        bytes = larger;
      }
      bytes[length] = isIdempotent ? IDEMPOTENT : 0;
      return length++;
    },
    /** What its caller was told. */
    settle(id, outcome) {
      bytes[id] |= OUTCOMES.indexOf(outcome);
    },
    get length() {
      return length;
    },
    /** What does not fit together: what callers were told, and how often each invocation really ran. */
    contradictions(runs) {
      const found = {};
      for (let id = 0; id < length; id++) {
        const outcome = OUTCOMES[bytes[id] & ~IDEMPOTENT];
        const isIdempotent = (bytes[id] & IDEMPOTENT) !== 0;
        const said = contradiction({ outcome, isIdempotent, ran: runs[id] });
        if (said) found[said] = [...(found[said] ?? []), id];
      }
      return found;
    },
  };
}

function contradiction({ outcome, isIdempotent, ran = 0 }) {
  if (outcome === "open") return "has no outcome";
  if (ran > 1 && !isIdempotent) return "ran more than once";
  if (outcome === "did-not-run" && ran > 0)
    return "was said not to have run, and ran";
  if (["answered", "ran"].includes(outcome) && ran === 0)
    return "was said to have run, and did not";
  return undefined;
}

// The outcome of every invocation, one byte each. Outside the heap, so that it does not look like a leak.

/** Outcomes of an invocation, as reported to the caller. */
const OUTCOMES = [
  "open",
  "succeeded",
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
    /** Adds an invocation, and returns its number. */
    open({ isIdempotent }) {
      if (length === bytes.length) {
        const larger = new Uint8Array(2 * length);
        larger.set(bytes);
        bytes = larger;
      }
      bytes[length] = isIdempotent ? IDEMPOTENT : 0;
      return length++;
    },
    /** Records the outcome. */
    settle(id, outcome) {
      bytes[id] |= OUTCOMES.indexOf(outcome);
    },
    get length() {
      return length;
    },
    /** Finds outcomes that contradict the number of runs. */
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
    return "was reported as `did-not-run`, but ran";
  if (["succeeded", "ran"].includes(outcome) && ran === 0)
    return "was reported as run, but did not run";
  return undefined;
}

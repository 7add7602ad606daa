import { LRUCache } from "lru-cache";
import type { FunctionAnswer } from "./FunctionAnswer";

/** As many answers are kept; the one that was not asked for longest goes first. */
const MOST = 1_000;

/** Answers that their functions said hold for a while. */
export class ReusedAnswers {
  readonly #kept = new LRUCache<
    string,
    { readonly answer: FunctionAnswer; readonly until: number }
  >({ max: MOST });

  /** The answer that still holds. */
  get(name: string): FunctionAnswer | undefined {
    const kept = this.#kept.get(name);
    return kept && kept.until > Date.now() ? kept.answer : undefined;
  }

  /** Keeps an answer that says until when it holds. */
  keep(name: string, answer: FunctionAnswer): void {
    const { unchangedUntil } = answer;
    const until =
      typeof unchangedUntil === "string"
        ? Date.parse(unchangedUntil)
        : unchangedUntil;
    if (typeof until === "number" && until > Date.now())
      this.#kept.set(name, { answer, until });
  }
}

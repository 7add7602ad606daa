import { LRUCache } from "../../src/internal";
import type { FunctionAnswer } from "./FunctionAnswer";
import { InvalidAnswer } from "./toVerdict";

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

  /**
   * Keeps an answer that says until when it holds.
   *
   * @throws {@link InvalidAnswer} where it says so in a way that nobody can read.
   */
  keep(name: string, answer: FunctionAnswer): void {
    const { unchangedUntil } = answer as { readonly unchangedUntil?: unknown };
    if (unchangedUntil == null) return;
    const until =
      typeof unchangedUntil === "string"
        ? Date.parse(unchangedUntil)
        : unchangedUntil;
    if (typeof until !== "number" || Number.isNaN(until))
      throw new InvalidAnswer(
        "unchangedUntil takes a time as ISO text, or in ms since 1970",
      );
    if (until > Date.now()) this.#kept.set(name, { answer, until });
  }
}

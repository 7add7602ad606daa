/** A set of integers. It stores consecutive integers as one range, so its size depends on the number of gaps. */
export class IntegerSet {
  readonly #starts: number[] = [];
  /** The first integer after each range. */
  readonly #ends: number[] = [];

  /** Adds an integer. */
  add(number: number): void {
    const next = this.#firstAbove(number);
    if (this.#isInRange(next - 1, number)) return;
    const joinsBefore = this.#ends[next - 1] === number;
    const joinsNext = this.#starts[next] === number + 1;
    if (joinsBefore && joinsNext) {
      this.#ends.splice(next - 1, 1);
      this.#starts.splice(next, 1);
    } else if (joinsBefore) this.#ends[next - 1] = number + 1;
    else if (joinsNext) this.#starts[next] = number;
    else {
      this.#starts.splice(next, 0, number);
      this.#ends.splice(next, 0, number + 1);
    }
  }

  /** Whether the set contains an integer. */
  has(number: number): boolean {
    return this.#isInRange(this.#firstAbove(number) - 1, number);
  }

  /** Number of stored ranges. */
  get rangeCount(): number {
    return this.#starts.length;
  }

  #isInRange(range: number, number: number): boolean {
    return number < (this.#ends[range] ?? -Infinity);
  }

  /** The index of the first range that starts above an integer. */
  #firstAbove(number: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#starts[middle] ?? Infinity) > number) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

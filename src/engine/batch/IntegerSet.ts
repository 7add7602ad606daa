/** A set of whole numbers that takes the room of its gaps: neighbours are kept as one range. */
export class IntegerSet {
  readonly #from: number[] = [];
  /** The first number behind each range. */
  readonly #to: number[] = [];

  /** Adds a number. */
  add(number: number): void {
    const next = this.#firstAbove(number);
    if (this.#isIn(next - 1, number)) return;
    const joinsBefore = this.#to[next - 1] === number;
    const joinsNext = this.#from[next] === number + 1;
    if (joinsBefore && joinsNext) {
      this.#to.splice(next - 1, 1);
      this.#from.splice(next, 1);
    } else if (joinsBefore) this.#to[next - 1] = number + 1;
    else if (joinsNext) this.#from[next] = number;
    else {
      this.#from.splice(next, 0, number);
      this.#to.splice(next, 0, number + 1);
    }
  }

  /** Whether a number is in it. */
  has(number: number): boolean {
    return this.#isIn(this.#firstAbove(number) - 1, number);
  }

  /** How many ranges it is kept as. */
  get rangeCount(): number {
    return this.#from.length;
  }

  #isIn(range: number, number: number): boolean {
    return number < (this.#to[range] ?? -Infinity);
  }

  /** The first range that begins above a number. */
  #firstAbove(number: number): number {
    let low = 0;
    let high = this.#from.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#from[middle] ?? Infinity) > number) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** Lets so many in at once. Who has to wait stands in line, and may leave it: Node's own line keeps whoever has given up. */
export class ConcurrencyLimit {
  readonly #places: number;
  readonly #line = new Set<() => void>();
  #inside = 0;

  constructor(places: number) {
    this.#places = places;
  }

  /** How many stand in line. */
  get waiting(): number {
    return this.#line.size;
  }

  /** Calls back when there is a place, at once where there is one now; what it returns leaves the line. */
  acquire(go: () => void): () => void {
    if (this.#inside < this.#places) {
      this.#inside++;
      go();
    } else this.#line.add(go);
    return () => this.#line.delete(go);
  }

  /** Gives a place back, to the first in line if there is one. */
  release(): void {
    const [next] = this.#line;
    if (!next) {
      this.#inside--;
      return;
    }
    this.#line.delete(next);
    next();
  }
}

import { fail } from "../errors/Fault";

/** An instance of a class that expressions may use, other than texts, numbers, lists and maps. */
export abstract class JavaObject {
  /** The class as Java calls it, without its package. */
  abstract readonly className: string;

  /** As Java prints it. */
  abstract toString(): string;

  /** Whether another instance is equal to it. */
  equals(other: unknown): boolean {
    return this === other;
  }

  /** Which of the two is the greater one. */
  compareTo(other: JavaObject): number {
    return fail(
      `a ${this.className} and a ${other.className} cannot be compared`,
    );
  }
}

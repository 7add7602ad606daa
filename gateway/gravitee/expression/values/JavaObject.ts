import { fail } from "../errors/Fault";

/** An instance of a Java class that expressions can use, other than strings, numbers, lists and maps. */
export abstract class JavaObject {
  /** Name of the Java class, without its package. */
  abstract readonly className: string;

  /** Formats it as Java does. */
  abstract toString(): string;

  /** Whether it is equal to another value. */
  equals(other: unknown): boolean {
    return this === other;
  }

  /**
   * Compares it with another instance. Negative if it is less, positive if it is greater.
   *
   * @throws Fault when they cannot be compared.
   */
  compareTo(other: JavaObject): number {
    return fail(
      `a ${this.className} and a ${other.className} cannot be compared`,
    );
  }
}

/** What entities use of reflect-metadata. */
import "reflect-metadata/lite";

/** Returns what a decorator recorded about a property. */
export function readMetadata(
  key: string,
  target: object,
  property: string,
): unknown {
  return Reflect.getMetadata(key, target, property);
}

/**
 * Lets the TypeScript compiler record the types of properties of the classes that are declared from now on. The import above
 * does it; a call keeps bundlers from removing the import.
 */
export function recordDesignTypes(): void {
  // See above.
}

import { readMetadata } from "./libraries/reflectMetadata";
import type { EntityClass } from "./metadata";

/** Returns the class of a property's values, as the TypeScript compiler recorded it. */
export function designTypeOf(entity: EntityClass, property: string): unknown {
  return readMetadata("design:type", entity.prototype as object, property);
}

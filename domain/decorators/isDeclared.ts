import { getMetadataStorage } from "./classValidator";
import { designTypeOf } from "./designTypeOf";
import type { EntityClass } from "./metadata";

/** Whether a class declares a property: by a rule of class-validator, or by a type. */
export function isDeclared(entity: EntityClass, property: string): boolean {
  const rules = getMetadataStorage().getTargetValidationMetadatas(
    entity,
    "",
    false,
    false,
  );
  return (
    rules.some(({ propertyName }) => propertyName === property) ||
    designTypeOf(entity, property) !== undefined
  );
}

import { designTypeOf } from "./designTypeOf";
import type { EntityClass } from "./metadata";
import { rulesOf } from "./rulesOf";
import { transformedNamesOf } from "./transformationOf";

/** Whether a class declares a property of this name in JSON: by a rule of class-validator, or by a type. */
export function isDeclared(entity: EntityClass, name: string): boolean {
  return (
    rulesOf(entity).some(({ propertyName }) => propertyName === name) ||
    designTypeOf(entity, name) !== undefined ||
    [...transformedNamesOf(entity)].some((names) => names.includes(name))
  );
}

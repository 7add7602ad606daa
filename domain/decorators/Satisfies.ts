import {
  ValidateBy,
  type ValidationArguments,
  type ValidationOptions,
} from "./libraries/classValidator";

/** Requires that a predicate returns `true` for the value. The predicate also receives the entity with its other fields. */
export function Satisfies(
  predicate: (value: unknown, entity: object) => boolean,
  options: ValidationOptions,
): PropertyDecorator {
  const validate = (value: unknown, context?: ValidationArguments): boolean =>
    predicate(value, context?.object ?? {});
  return ValidateBy({ name: "satisfies", validator: { validate } }, options);
}

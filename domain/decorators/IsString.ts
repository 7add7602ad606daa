import {
  IsStringWithDefaultMessage,
  type ValidationOptions,
} from "./libraries/classValidator";

/** Requires a string, with a message in the style of the other rules. */
export function IsString(options: ValidationOptions = {}): PropertyDecorator {
  return IsStringWithDefaultMessage({
    message: "$property must be a string",
    ...options,
  });
}

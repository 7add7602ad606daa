/**
 * The decorators of class-validator, imported from their individual files.
 *
 * The index of class-validator loads 322 modules and takes as long as loading the AWS SDK; the individual files take a few
 * milliseconds. They are private paths without types, hence the typed `require` and the exact version in `package.json`.
 */
import type * as ClassValidator from "class-validator";

export type {
  ValidationArguments,
  ValidationOptions,
  ValidatorConstraintInterface,
} from "class-validator";

type Member<Name extends keyof typeof ClassValidator> = Pick<
  typeof ClassValidator,
  Name
>;

/* eslint-disable @typescript-eslint/no-require-imports -- see above: the individual files have no types to import. */
export const { IsOptional } =
  require("class-validator/cjs/decorator/common/IsOptional") as Member<"IsOptional">;
export const { IsIn } =
  require("class-validator/cjs/decorator/common/IsIn") as Member<"IsIn">;
export const { IsArray } =
  require("class-validator/cjs/decorator/typechecker/IsArray") as Member<"IsArray">;
export const { IsBoolean } =
  require("class-validator/cjs/decorator/typechecker/IsBoolean") as Member<"IsBoolean">;
export const { IsDate } =
  require("class-validator/cjs/decorator/typechecker/IsDate") as Member<"IsDate">;
export const { IsInt } =
  require("class-validator/cjs/decorator/typechecker/IsInt") as Member<"IsInt">;
export const { IsString: IsStringWithDefaultMessage } =
  require("class-validator/cjs/decorator/typechecker/IsString") as Member<"IsString">;
export const { Min } =
  require("class-validator/cjs/decorator/number/Min") as Member<"Min">;
export const { Max } =
  require("class-validator/cjs/decorator/number/Max") as Member<"Max">;
export const { Length } =
  require("class-validator/cjs/decorator/string/Length") as Member<"Length">;
export const { Matches } =
  require("class-validator/cjs/decorator/string/Matches") as Member<"Matches">;
export const { ArrayMaxSize } =
  require("class-validator/cjs/decorator/array/ArrayMaxSize") as Member<"ArrayMaxSize">;
export const { ValidateBy } =
  require("class-validator/cjs/decorator/common/ValidateBy") as Member<"ValidateBy">;
export const { getMetadataStorage } =
  require("class-validator/cjs/metadata/MetadataStorage") as Member<"getMetadataStorage">;

let validator: ClassValidator.Validator | undefined;

/** Returns class-validator's validator, which validates every decorated class. It is loaded on the first call. */
export function loadValidator(): ClassValidator.Validator {
  if (!validator) {
    const { Validator } =
      require("class-validator/cjs/validation/Validator") as Member<"Validator">;
    validator = new Validator();
  }
  return validator;
}
/* eslint-enable @typescript-eslint/no-require-imports */

import {
  Caption,
  IsBoolean,
  IsOptional,
  IsString,
  Matches,
} from "../../domain/decorators";

// Decorators for the optional fields that the requests of the policy functions share.

/** An AWS account ID. */
export const IsAccountId = (): PropertyDecorator =>
  combine(
    Caption("Account ID"),
    IsOptional(),
    IsString(),
    Matches(/^\d{12}$/, { message: "$property must be 12 digits" }),
  );

/** The name of an AWS region. */
export const IsRegion = (): PropertyDecorator =>
  combine(
    Caption("Region"),
    IsOptional(),
    IsString(),
    Matches(/^[a-z]{2,}(-[a-z]+)+-\d+$/, {
      message: "$property must be an AWS region, for example eu-central-1",
    }),
  );

/** A switch that is off by default. */
export const IsSwitch = (caption: string): PropertyDecorator =>
  combine(
    Caption(caption),
    IsOptional(),
    IsBoolean({ message: "$property must be true or false" }),
  );

/** Applies decorators in the order in which TypeScript applies them to a property: the last one first. */
function combine(
  ...decorators: readonly PropertyDecorator[]
): PropertyDecorator {
  return (prototype, property) => {
    for (const decorate of [...decorators].reverse())
      decorate(prototype, property);
  };
}

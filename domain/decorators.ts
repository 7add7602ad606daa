/**
 * The paintbox: every decorator that an entity may wear, and the only file that names the validation libraries' own
 * files. `reflect-metadata` is loaded first, so that an entity imported alone finds it.
 *
 * class-validator's index loads 322 modules and costs as much as the AWS SDK; its single files, and class-transformer's, cost
 * a few milliseconds. They are private paths without types, hence the typed `require` and the exact version in `package.json`.
 */
import type * as ClassTransformer from "class-transformer";
import type * as ClassValidator from "class-validator";
import { inherited, own, remembered, type EntityClass } from "./metadata";

/* eslint-disable @typescript-eslint/no-require-imports -- see above: the single files have no types to import. */
require("reflect-metadata/lite");
type Pick1<Name extends keyof typeof ClassValidator> = Pick<
  typeof ClassValidator,
  Name
>;
export const { IsOptional } =
  require("class-validator/cjs/decorator/common/IsOptional") as Pick1<"IsOptional">;
export const { IsIn } =
  require("class-validator/cjs/decorator/common/IsIn") as Pick1<"IsIn">;
export const { IsArray } =
  require("class-validator/cjs/decorator/typechecker/IsArray") as Pick1<"IsArray">;
export const { IsBoolean } =
  require("class-validator/cjs/decorator/typechecker/IsBoolean") as Pick1<"IsBoolean">;
export const { IsDate } =
  require("class-validator/cjs/decorator/typechecker/IsDate") as Pick1<"IsDate">;
export const { IsInt } =
  require("class-validator/cjs/decorator/typechecker/IsInt") as Pick1<"IsInt">;
const { IsString: IsAString } =
  require("class-validator/cjs/decorator/typechecker/IsString") as Pick1<"IsString">;
export const { Min } =
  require("class-validator/cjs/decorator/number/Min") as Pick1<"Min">;
export const { Max } =
  require("class-validator/cjs/decorator/number/Max") as Pick1<"Max">;
export const { Length } =
  require("class-validator/cjs/decorator/string/Length") as Pick1<"Length">;
export const { Matches } =
  require("class-validator/cjs/decorator/string/Matches") as Pick1<"Matches">;
export const { ArrayMaxSize } =
  require("class-validator/cjs/decorator/array/ArrayMaxSize") as Pick1<"ArrayMaxSize">;
export const { Exclude } =
  require("class-transformer/cjs/decorators/exclude.decorator") as Pick<
    typeof ClassTransformer,
    "Exclude"
  >;
export const { Type } =
  require("class-transformer/cjs/decorators/type.decorator") as Pick<
    typeof ClassTransformer,
    "Type"
  >;
const { ValidateBy } =
  require("class-validator/cjs/decorator/common/ValidateBy") as Pick1<"ValidateBy">;
const { getMetadataStorage } =
  require("class-validator/cjs/metadata/MetadataStorage") as Pick1<"getMetadataStorage">;

/** Makes instances of plain objects; all of class-transformer, loaded when a contract first needs it. */
export function loadTransformer(): typeof ClassTransformer {
  return require("class-transformer") as typeof ClassTransformer;
}

let validator: ClassValidator.Validator | undefined;

/** Tells what is wrong with an instance; knows every class that class-validator knows. Loaded when first asked. */
export function loadValidator(): ClassValidator.Validator {
  if (!validator) {
    const { Validator } =
      require("class-validator/cjs/validation/Validator") as Pick1<"Validator">;
    validator = new Validator();
  }
  return validator;
}
/* eslint-enable @typescript-eslint/no-require-imports */

/** A text; said in the words of the other rules. */
export function IsString(
  options: ClassValidator.ValidationOptions = {},
): PropertyDecorator {
  return IsAString({ message: "$property takes a text", ...options });
}

/** A value of which a function of ours says whether it will do, beside the others of its entity. */
export function Fits(
  fits: (value: unknown, entity: object) => boolean,
  options: ClassValidator.ValidationOptions,
): PropertyDecorator {
  const validate = (
    value: unknown,
    about?: ClassValidator.ValidationArguments,
  ): boolean => fits(value, about?.object ?? {});
  return ValidateBy({ name: "fits", validator: { validate } }, options);
}

export type { EntityClass };

const CAPTIONS = Symbol("captions");
const ITEMS = Symbol("items");
const NULL_REFUSALS = Symbol("null refusals");

/** Gives a property the name that a tool shows beside its field. */
export function Caption(caption: string): PropertyDecorator {
  return (prototype, property) => {
    own(prototype, CAPTIONS).set(String(property), caption);
  };
}

/** Says that a property is a list of entities, each of which is read by the rules of its own class. */
export function ItemsOf(item: () => EntityClass): PropertyDecorator {
  return (prototype, property) => {
    own(prototype, ITEMS).set(String(property), item);
    IsArray({ message: `${String(property)} takes a list` })(
      prototype,
      property,
    );
  };
}

/** Says that `null` is not taken for absent here, and why: what absence means must not come about by a slip. */
export function RefusesNull(message: string): PropertyDecorator {
  return (prototype, property) => {
    own(prototype, NULL_REFUSALS).set(String(property), message);
  };
}

/** The properties of an entity with their captions, in the order in which they are declared, inherited ones first. */
export function captionsOf(entity: EntityClass): ReadonlyMap<string, string> {
  return inherited<string>(entity, CAPTIONS);
}

/** The names of the properties of an entity, in the same order. */
export const fieldsOf = remembered((entity): readonly string[] => [
  ...captionsOf(entity).keys(),
]);

/** The properties of an entity that are lists of entities. */
export const itemsOf = remembered((entity) =>
  inherited<() => EntityClass>(entity, ITEMS),
);

/**
 * Whether an entity keeps every rule that its class wears: a plain yes in a fifth of the time, by the same rules. A no may
 * be one out of caution; what is wrong, and whether anything is, {@link loadValidator} tells.
 */
export function isSound(entity: object, of: EntityClass): boolean {
  return checkOf(of)(entity);
}

const checkOf = remembered((of): ((entity: object) => boolean) => {
  const storage = getMetadataStorage();
  const rules = storage.getTargetValidationMetadatas(of, "", false, false);
  const conditions = rules.filter(
    ({ type }) => type === "conditionalValidation",
  );
  const customs = rules.filter(({ type }) => type === "customValidation");
  const isPlain = customs.every(({ each, validateIf }) => !each && !validateIf);
  if (conditions.length + customs.length < rules.length || !isPlain)
    return () => false;
  const fields = [
    ...new Set(rules.map(({ propertyName }) => propertyName)),
  ].map((property) => ({
    property,
    conditions: conditions
      .filter(({ propertyName }) => propertyName === property)
      .map(({ constraints }) => constraints[0] as Condition),
    rules: customs
      .filter(({ propertyName }) => propertyName === property)
      .flatMap(({ constraintCls, constraints }) =>
        storage
          .getTargetValidatorConstraints(constraintCls)
          .map(({ instance }) => ({ instance, constraints })),
      ),
  }));
  return (entity) =>
    fields.every(({ property, conditions, rules }) => {
      const value = (entity as Record<string, unknown>)[property];
      if (!conditions.every((applies) => applies(entity, value))) return true;
      const about = { targetName: of.name, property, object: entity, value };
      return rules.every(({ instance, constraints }) =>
        isKept(instance.validate(value, Object.assign(about, { constraints }))),
      );
    });
});

/** A promise is no plain yes. */
function isKept(verdict: unknown): boolean {
  return verdict === true;
}

type Condition = (entity: object, value: unknown) => boolean;

/** The properties of an entity for which `null` is not absent, with what to say then. */
export function nullRefusalsOf(
  entity: EntityClass,
): ReadonlyMap<string, string> {
  return inherited<string>(entity, NULL_REFUSALS);
}

/** Whether a class has anything to say of a property: a rule of class-validator's, or a type. */
export function isDeclared(entity: EntityClass, property: string): boolean {
  const rules = getMetadataStorage().getTargetValidationMetadatas(
    entity,
    "",
    false,
    false,
  );
  return (
    rules.some(({ propertyName }) => propertyName === property) ||
    typeOf(entity, property) !== undefined
  );
}

/** The class of a property's values, as the compiler wrote it down. */
export function typeOf(entity: EntityClass, property: string): unknown {
  return Reflect.getMetadata(
    "design:type",
    entity.prototype as object,
    property,
  );
}

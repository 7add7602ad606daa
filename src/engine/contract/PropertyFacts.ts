import {
  designTypeOf,
  rulesOf,
  transformationOf,
  type EntityClass,
  type Transformation,
} from "../../../domain/decorators";

/** The container that the compiler recorded as the type of a property. */
export type Container = "array" | "map" | "set";

/** One decorator of class-validator on a property. */
export type Rule = ReturnType<typeof rulesOf>[number];

/** Whether a rule applies to a value; `@IsOptional` and `@ValidateIf`. */
export type Condition = (object: object, value: unknown) => boolean;

/** Rules that say nothing about the type of a value. */
export const WEAK_RULES = new Set([
  "isDefined",
  "isNotEmpty",
  "notEquals",
  "isNotIn",
]);

/** Rules that only require an object. */
const OBJECT_RULES = new Set(["isObject", "isNotEmptyObject", "isInstance"]);

/** Rules about an array as a whole. */
const ARRAY_RULES =
  /^(isArray|arrayMinSize|arrayMaxSize|arrayNotEmpty|arrayUnique|arrayContains|arrayNotContains)$/;

const CONTAINERS = new Map<unknown, Container>([
  [Array, "array"],
  [Map, "map"],
  [Set, "set"],
]);

/** `typeof` for the types of values that are no objects, as the compiler records them. */
export const PRIMITIVES = new Map<unknown, "string" | "number" | "boolean">([
  [String, "string"],
  [Number, "number"],
  [Boolean, "boolean"],
]);

/** Everything that is known about one property when its shape is determined. */
export interface PropertyFacts extends Transformation {
  readonly designType: unknown;
  readonly container: Container | undefined;
  /** Rules that say something about the type of the value or its items, sorted by what they apply to. */
  readonly own: readonly Rule[];
  readonly items: readonly Rule[];
  readonly conditions: readonly Condition[];
  readonly isNested: boolean;
  readonly isAllowed: boolean;
  readonly classes: readonly EntityClass[];
}

/** Collects what decorators and the compiler recorded about a property. Throws if the function of its `@Type` does. */
export function readFacts(entity: EntityClass, name: string): PropertyFacts {
  const rules = rulesOf(entity).filter(
    ({ propertyName }) => propertyName === name,
  );
  const designType = designTypeOf(entity, name);
  const transformation = transformationOf(entity, name);
  const checks = rules.filter(
    ({ type }) => type === "customValidation" || type === "isDefined",
  );
  // class-validator applies a rule with `each` to the value itself if that is no array.
  const isArray = rules.some(
    ({ type, name: rule, each }) =>
      type !== "whitelistValidation" &&
      (each || ARRAY_RULES.test(rule ?? "")) &&
      (designType === undefined || designType === Object),
  );
  const container =
    CONTAINERS.get(designType) ?? (isArray ? ("array" as const) : undefined);
  const { isTransformed } = transformation;
  return {
    ...transformation,
    designType,
    container: isTransformed ? undefined : container,
    own: checks.filter(({ each }) => !each),
    items: checks.filter(({ each }) => each),
    conditions: rules
      .filter(({ type }) => type === "conditionalValidation")
      .map(({ constraints }) => constraints[0] as Condition),
    isNested: rules.some(({ type }) => type === "nestedValidation"),
    isAllowed: rules.some(({ type }) => type === "whitelistValidation"),
    classes: readClasses(checks, designType, transformation),
  };
}

/** The classes of the value or of its items: from `@Type`, from `@IsInstance`, or from the compiler. */
function readClasses(
  checks: readonly Rule[],
  designType: unknown,
  { types, isTransformed }: Transformation,
): EntityClass[] {
  const instances = checks
    .filter(({ name }) => name === "isInstance")
    .map(({ constraints }) => constraints[0] as unknown);
  const declared = types ?? (instances.length > 0 ? instances : [designType]);
  const classes = declared.filter(isCustomClass);
  // Rules of another kind than "is an object" describe a value that need not have rules of its own, such as a decimal number.
  const isDescribed =
    isTransformed || checks.some(({ name }) => isStrong(name));
  return isDescribed
    ? classes.filter((each) => rulesOf(each).length > 0)
    : classes;
}

function isStrong(rule: string | undefined): boolean {
  return (
    rule === undefined ||
    !(WEAK_RULES.has(rule) || OBJECT_RULES.has(rule) || ARRAY_RULES.test(rule))
  );
}

/** Names of the globals of Node. Reading the values of all of them would load Node's implementation of `fetch`. */
const GLOBALS = new Set(Object.getOwnPropertyNames(globalThis));

function isBuiltIn(type: { readonly name: string }): boolean {
  return (
    type === Buffer ||
    (GLOBALS.has(type.name) &&
      Object.getOwnPropertyDescriptor(globalThis, type.name)?.value === type)
  );
}

/** Whether a type is a class of the application or of a library. */
export function isCustomClass(type: unknown): type is EntityClass {
  return (
    typeof type === "function" &&
    typeof type.prototype === "object" &&
    !isBuiltIn(type)
  );
}

/** Why a property cannot be checked completely, as the rest of a sentence. `undefined`: it can. */
export function findProblem(facts: PropertyFacts): string | undefined {
  const { own, items, classes, container, isNested, designType } = facts;
  if (facts.types?.some((type) => typeof type !== "function"))
    return "has a @Type whose function returns no class; correct it";
  if (classes.length > 0 || facts.isDynamic || facts.isAllowed)
    return undefined;
  if (isNested && facts.isTransformed) return undefined;
  if (isNested)
    return `has @ValidateNested, but its class is not known; add @Type(() => …) with the class${container ? " of its items" : ""}, imported from the copy of class-transformer that this package uses`;
  if (own.length + items.length === 0)
    return "has no rule; add one, for example @IsString(), or @Allow() if any value is valid";
  if (
    container &&
    items.length === 0 &&
    !own.some(({ name }) => isStrong(name))
  )
    return "has no rule for its items; add @ValidateNested({ each: true }) and @Type(() => …) with their class, a rule with { each: true }, or @Allow() if any items are valid";
  const isTyped =
    PRIMITIVES.has(designType) ||
    [...own, ...items].some(
      ({ name }) => isStrong(name) || OBJECT_RULES.has(name ?? ""),
    );
  return isTyped
    ? undefined
    : "has no rule about its type; add one, for example @IsString(), or @Allow() if any value is valid";
}

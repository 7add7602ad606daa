import {
  getMetadataStorage,
  IS_OPTIONAL,
  type ValidationArguments,
} from "./libraries/classValidator";
import { oncePerClass, type EntityClass } from "./metadata";

/** A rule that an entity breaks. */
export interface BrokenRule {
  readonly property: string;
  /** Name of the rule, for example `isString`. */
  readonly rule: string;
  readonly message: string;
}

/** Whether an entity passes every rule of its class, in a fraction of the time that class-validator takes. */
export function isValid(entity: object, of: EntityClass): boolean {
  // Loops and one context per property: every call validates its request.
  for (const rules of compiledRulesOf(of))
    if (!passesAll(entity, rules, of)) return false;
  return true;
}

function passesAll(
  entity: object,
  { property, isOptional, conditions, rules }: PropertyRules,
  of: EntityClass,
): boolean {
  const value = (entity as Record<string, unknown>)[property];
  // Most fields of a request are not set, and `IsOptional` reads the field twice more.
  if (isOptional && (value === undefined || value === null)) return true;
  for (const applies of conditions) if (!applies(entity, value)) return true;
  const context = createContext(entity, { of, property });
  for (const rule of rules) if (!passes(rule, context)) return false;
  return true;
}

/**
 * Returns the rule that each invalid property breaks. If it breaks several, returns the first one in the source: decorators
 * are applied from the bottom up.
 */
export function findBrokenRules(
  entity: object,
  of: EntityClass,
): readonly BrokenRule[] {
  return compiledRulesOf(of).flatMap(({ property, conditions, rules }) => {
    const value = (entity as Record<string, unknown>)[property];
    if (!conditions.every((applies) => applies(entity, value))) return [];
    const context = createContext(entity, { of, property });
    const broken = rules.findLast((rule) => !passes(rule, context));
    if (!broken) return [];
    const message = describe(broken, context);
    return [{ property, rule: broken.name, message }];
  });
}

/** Whether a property has the rule of a name, for example `isDate`. */
export function hasRule(
  of: EntityClass,
  { property, rule }: { readonly property: string; readonly rule: string },
): boolean {
  return compiledRulesOf(of).some(
    (each) =>
      each.property === property &&
      each.rules.some(({ name }) => name === rule),
  );
}

type Condition = (entity: object, value: unknown) => boolean;

/** What a rule receives. Each rule of a property gets its own constraints. */
type Context = ValidationArguments;

/** One rule of a property. */
const createContext = (
  entity: object,
  { of, property }: { readonly of: EntityClass; readonly property: string },
): Context => ({
  targetName: of.name,
  property,
  object: entity,
  value: (entity as Record<string, unknown>)[property],
  constraints: [],
});

interface Rule {
  readonly name: string;
  readonly constraints: unknown[];
  readonly message: string | ((context: ValidationArguments) => string);
  readonly validate: (value: unknown, context: ValidationArguments) => unknown;
}

interface PropertyRules {
  readonly property: string;
  /** Whether there are no other rules for a property that is not set. */
  readonly isOptional: boolean;
  readonly conditions: readonly Condition[];
  readonly rules: readonly Rule[];
}

/** An asynchronous rule returns a promise, which is truthy but not `true`. */
function passes({ validate, constraints }: Rule, context: Context): boolean {
  context.constraints = constraints;
  return validate(context.value as unknown, context) === true;
}

function describe({ message, constraints }: Rule, context: Context): string {
  const text =
    typeof message === "string"
      ? message
      : message({ ...context, constraints: [...constraints] });
  return text
    .replaceAll("$property", context.property)
    .replace(/\$constraint(\d+)/g, (_, number) =>
      String(constraints[Number(number) - 1]),
    );
}

/**
 * Reads the rules that class-validator's decorators registered.
 *
 * @throws if a rule is of a kind that is not evaluated here: nested validation, `each` or `validateIf`.
 */
const compiledRulesOf = oncePerClass((of): readonly PropertyRules[] => {
  const storage = getMetadataStorage();
  const all = storage.getTargetValidationMetadatas(of, "", false, false);
  const properties = [...new Set(all.map(({ propertyName }) => propertyName))];
  return properties.map((property) => {
    const own = all.filter(({ propertyName }) => propertyName === property);
    const unsupported = own.find(
      ({ type, each, validateIf }) =>
        !/^(conditional|custom)Validation$/.test(type) || each || validateIf,
    );
    if (unsupported)
      throw new TypeError(
        `${of.name}.${property} has a rule that requests cannot have: ${unsupported.type}`,
      );
    return {
      property,
      isOptional: own.some(({ name }) => name === IS_OPTIONAL),
      conditions: own
        .filter(({ type }) => type === "conditionalValidation")
        .map(({ constraints }) => constraints[0] as Condition),
      rules: own
        .filter(({ type }) => type === "customValidation")
        .flatMap(({ constraintCls, constraints, message }) =>
          storage
            .getTargetValidatorConstraints(constraintCls)
            .map(({ instance, name }) => ({
              name,
              constraints: constraints as unknown[],
              message:
                message ||
                ((context: ValidationArguments): string =>
                  instance.defaultMessage?.(context) ?? ""),
              validate: instance.validate.bind(instance) as Rule["validate"],
            })),
        ),
    };
  });
});

import { Validator } from "../../../domain/decorators";
import { isPlainObject } from "../text/isPlainObject";
import { toIssues, toPath } from "../validation/toIssues";
import { shapeOf } from "./ClassShape";
import type { IssueList } from "./IssueList";
import type { PropertyShape } from "./PropertyShape";
import { classOf, toInstance } from "./toInstance";

const OPTIONS = {
  forbidUnknownValues: false,
  validationError: { target: false, value: false },
};

/** An object to check, and where its issues go. */
interface Visit {
  readonly instance: object;
  /** Path of the object. `undefined`: it is the whole value. */
  readonly path: string | undefined;
  /** Whether class-validator has validated the object with the one that contains it. */
  readonly isValidated: boolean;
  readonly issues: IssueList;
}

/** Validates an instance by the rules of its class, and everything that they leave unchecked: nested objects and items. */
export async function checkInstance(visit: Visit): Promise<void> {
  const { instance, path, isValidated, issues } = visit;
  const entity = classOf(instance);
  if (!entity || Object.hasOwn(instance, "constructor")) {
    const what = path ?? "the payload";
    const message = `${what} must be an object of a class, without a property constructor`;
    issues.add({ path: path ?? "", rule: "object", message });
    return;
  }
  if (!isValidated) {
    const errors = await new Validator().validate(instance, OPTIONS);
    issues.add(...errors.flatMap((error) => toIssues(error, path)));
  }
  const { properties, problems } = shapeOf(entity);
  // The classes that the contract names have none; this is a subclass, or chosen by the value.
  for (const message of problems)
    issues.add({ path: path ?? "", rule: "contract", message });
  for (const property of properties)
    if (!issues.isFull) await checkProperty(visit, property);
}

async function checkProperty(
  { instance, path: parent, issues }: Visit,
  property: PropertyShape,
): Promise<void> {
  const { name, conditions, isNested, isValidated } = property;
  const value = (instance as Record<string, unknown>)[name];
  if (!conditions.every((applies) => applies(instance, value))) return;
  const path = toPath(parent, name);
  const requirement = findBrokenRequirement(value, property);
  if (requirement !== undefined) {
    if (!issues.has(path))
      issues.add({
        path,
        ...requirement,
        message: `${path} ${requirement.message}`,
      });
    return;
  }
  if (!isNested) return;
  const converted = convertPlain(instance, property);
  for (const [itemPath, item] of itemsOf(converted, path)) {
    if (issues.isFull) return;
    if (isInstanceOf(item, property))
      await checkInstance({
        instance: item,
        path: itemPath,
        isValidated: isValidated && converted === value,
        issues,
      });
    else if (!issues.has(itemPath))
      issues.add({
        path: itemPath,
        rule: "nestedValidation",
        message: `${itemPath} must be ${describeClasses(property)}`,
      });
  }
}

/**
 * Returns the value of a property with instances instead of plain objects. An instance that the caller passed can contain plain
 * objects, whose rules class-validator does not know. They are converted as if their parent were a plain object.
 */
function convertPlain(instance: object, { name }: PropertyShape): unknown {
  const value = (instance as Record<string, unknown>)[name];
  const entity = classOf(instance);
  for (const [, item] of itemsOf(value, name))
    if (entity && isPlainObject(item)) {
      const converted = toInstance({ [name]: value }, entity);
      return (converted as Record<string, unknown>)[name];
    }
  return value;
}

/** What the type in the source requires of the value, if the value breaks it. */
function findBrokenRequirement(
  value: unknown,
  { container, primitive, isSingle, isNested, ...property }: PropertyShape,
): { readonly rule: string; readonly message: string } | undefined {
  if (container === "array" && !Array.isArray(value))
    return { rule: "isArray", message: "must be an array" };
  if (container === "map" && !(value instanceof Map))
    return { rule: "isMap", message: "must be a Map" };
  if (container === "set" && !(value instanceof Set))
    return { rule: "isSet", message: "must be a Set" };
  if (primitive !== undefined && typeof value !== primitive)
    return { rule: "type", message: `must be a ${primitive}` };
  if (!isNested) return undefined;
  const isMissing = value === undefined || value === null;
  return isMissing || (isSingle && Array.isArray(value))
    ? {
        rule: "nestedValidation",
        message: `must be ${describeClasses(property)}`,
      }
    : undefined;
}

function describeClasses({ classes }: Pick<PropertyShape, "classes">): string {
  const names = classes.map(({ name }) => name).filter(Boolean);
  return names.length > 0
    ? `an object of the class ${[...new Set(names)].join(" or ")}`
    : "an object";
}

/** The items of an array, a map or a set, each with its path, also those of arrays in arrays; or the value itself. */
function* itemsOf(
  value: unknown,
  path: string,
): Generator<readonly [path: string, item: unknown]> {
  if (value instanceof Map)
    for (const [key, item] of value)
      yield* itemsOf(item, toItemPath(path, key));
  else if (Array.isArray(value) || value instanceof Set) {
    let index = 0;
    for (const item of value) yield* itemsOf(item, `${path}[${index++}]`);
  } else yield [path, value];
}

function toItemPath(path: string, key: unknown): string {
  return /^\d+$/.test(String(key))
    ? `${path}[${String(key)}]`
    : `${path}.${String(key)}`;
}

/** Whether an item is an instance of one of the property's classes; of any class, if they depend on the value. */
function isInstanceOf(
  item: unknown,
  { classes }: PropertyShape,
): item is object {
  if (typeof item !== "object" || item === null) return false;
  return classes.length === 0
    ? classOf(item) !== undefined
    : classes.some((each) => item instanceof each);
}

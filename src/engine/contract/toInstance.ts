import {
  isDeclared,
  plainToInstance,
  type EntityClass,
} from "../../../domain/decorators";
import { MAX_JSON_DEPTH } from "../text/parseJson";
import { isPlainObject } from "../text/isPlainObject";
import { shapeOf } from "./ClassShape";
import type { PropertyShape } from "./PropertyShape";

/**
 * Converts a plain object to an instance of a class: properties that the class declares are transformed, all others are copied
 * unchanged. Objects in properties whose class is known from the source become instances even without `@Type`. The caller's
 * object is not changed.
 *
 * A property named `constructor` is left out, because the class of an object is determined by it.
 */
export function toInstance(value: object, entity: EntityClass): object {
  const declared: Record<string, unknown> = {};
  const undeclared: PropertyDescriptorMap = {};
  for (const [name, property] of Object.entries(value)) {
    if (name === "constructor") continue;
    // class-transformer removes discriminators from the objects that it receives.
    if (isDeclared(entity, name)) declared[name] = copyPlain(property);
    else
      undeclared[name] = {
        value: property as unknown,
        configurable: true,
        enumerable: true,
        writable: true,
      };
  }
  const instance = plainToInstance(entity, declared);
  convertNested(instance);
  return Object.defineProperties(instance, undeclared);
}

/** Copies arrays and plain objects; other values are kept. */
function copyPlain(value: unknown, depth = 0): unknown {
  if (depth > MAX_JSON_DEPTH) throw new RangeError("nested too deeply");
  if (Array.isArray(value))
    return value.map((item) => copyPlain(item, depth + 1));
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, property]) => [
      name,
      copyPlain(property, depth + 1),
    ]),
  );
}

/** Converts the objects in properties without `@Type` whose class is known, at every level. */
function convertNested(instance: object): void {
  const entity = classOf(instance);
  if (!entity) return;
  for (const property of shapeOf(entity).properties) {
    if (!property.isNested) continue;
    const value = (instance as Record<string, unknown>)[property.name];
    const converted = mapItems(value, (item) => convertItem(item, property));
    if (converted !== value) Reflect.set(instance, property.name, converted);
  }
}

function convertItem(
  item: unknown,
  { classes, isConverted }: PropertyShape,
): unknown {
  const [nestedClass] = classes;
  if (isPlainObject(item))
    return nestedClass && !isConverted ? toInstance(item, nestedClass) : item;
  if (typeof item === "object" && item !== null && isConverted)
    convertNested(item);
  return item;
}

/** Applies a function to each item of an array, a map or a set, also in arrays in arrays; or to any other value. */
function mapItems(value: unknown, map: (item: unknown) => unknown): unknown {
  const mapEach = (item: unknown): unknown => mapItems(item, map);
  if (Array.isArray(value)) return value.map(mapEach);
  if (value instanceof Set) return new Set([...value].map(mapEach));
  if (value instanceof Map)
    return new Map(
      [...value].map(([key, item]) => [key, mapEach(item)] as const),
    );
  return map(value);
}

/** The class of an object; `undefined` if it has none. */
export function classOf(instance: object): EntityClass | undefined {
  const { constructor } = (Object.getPrototypeOf(instance) ?? {}) as {
    readonly constructor?: unknown;
  };
  return typeof constructor === "function" && constructor !== Object
    ? (constructor as EntityClass)
    : undefined;
}

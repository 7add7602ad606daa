import type {
  TransformMetadata,
  TypeMetadata,
} from "./libraries/classTransformer";
import { oncePerClass, type EntityClass } from "./metadata";
import { transformerStorage } from "./libraries/transformerStorage";

/** What the decorators of class-transformer say about a property. */
export interface Transformation {
  /** What `@Type` returns, or the classes of its discriminator. `undefined`: there is no `@Type`. */
  readonly types: readonly unknown[] | undefined;
  /** Whether `@Type` depends on the value, so its class is not known before. */
  readonly isDynamic: boolean;
  /** Whether `@Transform` makes the value. */
  readonly isTransformed: boolean;
  /** Whether `@Exclude` removes the value. */
  readonly isExcluded: boolean;
}

/** Reads what the decorators of class-transformer say about a property. */
export function transformationOf(
  entity: EntityClass,
  property: string,
): Transformation {
  const storage = transformerStorage();
  const type = find(storage.types, entity, property);
  const exclude = find(storage.excluded, entity, property);
  const transforms = ancestorsOf(entity).flatMap(
    (ancestor) => storage.transformed.get(ancestor)?.get(property) ?? [],
  );
  return {
    types: type && readTypes(type),
    // A function with a parameter chooses the class by the value.
    isDynamic:
      type !== undefined &&
      !type.options.discriminator &&
      type.typeFunction.length > 0,
    isTransformed: transforms.some(isForInstances),
    isExcluded: exclude !== undefined && toPlainOnly(exclude.options) !== true,
  };
}

/** class-transformer's types declare the options as required, but they can be missing. */
function toPlainOnly(
  options: { readonly toPlainOnly?: boolean } | undefined,
): boolean | undefined {
  return options?.toPlainOnly;
}

/** Whether `@Transform` applies when an instance is created. */
function isForInstances({ options }: TransformMetadata): boolean {
  const { toPlainOnly, toClassOnly } = options as Partial<typeof options>;
  return toPlainOnly !== true || toClassOnly === true;
}

/** A class and the classes that it extends. */
function ancestorsOf(entity: EntityClass): unknown[] {
  const classes: unknown[] = [];
  for (
    let ancestor: unknown = entity;
    typeof ancestor === "function";
    ancestor = Object.getPrototypeOf(ancestor)
  )
    classes.push(ancestor);
  return classes;
}

/** Returns the metadata of a property: its own, or that of the nearest class that it extends. */
function find<Metadata>(
  metadata: ReadonlyMap<unknown, ReadonlyMap<string, Metadata>>,
  entity: EntityClass,
  property: string,
): Metadata | undefined {
  return ancestorsOf(entity)
    .map((ancestor) => metadata.get(ancestor)?.get(property))
    .find((found) => found !== undefined);
}

function readTypes({ typeFunction, options }: TypeMetadata): unknown[] {
  const { discriminator } = (options as typeof options | undefined) ?? {};
  if (discriminator) return discriminator.subTypes.map(({ value }) => value);
  return typeFunction.length > 0 ? [] : [typeFunction()];
}

/** Returns the properties of a class that class-transformer's decorators declare, each with its name in JSON. */
export const transformedNamesOf = oncePerClass(
  (entity): ReadonlyMap<string, string> => {
    const { types, transformed, exposed, excluded } = transformerStorage();
    const names = new Map<string, string>();
    for (const ancestor of ancestorsOf(entity))
      for (const map of [types, transformed, exposed, excluded])
        for (const property of map.get(ancestor)?.keys() ?? [])
          names.set(
            property,
            find(exposed, entity, property)?.options.name ?? property,
          );
    return names;
  },
);

import type { TypeMetadata } from "./libraries/classTransformer";
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

/** class-transformer's `TransformationType.PLAIN_TO_CLASS`. */
const TO_CLASS = 0;

/** Reads what the decorators of class-transformer say about a property. */
export function transformationOf(
  entity: EntityClass,
  property: string,
): Transformation {
  const storage = transformerStorage();
  const type = storage.findTypeMetadata(entity, property);
  const exclude = storage.findExcludeMetadata(entity, property);
  const transforms = storage.findTransformMetadatas(entity, property, TO_CLASS);
  return {
    types: type && readTypes(type),
    // A function with a parameter chooses the class by the value.
    isDynamic:
      type !== undefined &&
      !type.options.discriminator &&
      type.typeFunction.length > 0,
    isTransformed: transforms.length > 0,
    isExcluded: exclude !== undefined && toPlainOnly(exclude.options) !== true,
  };
}

/** class-transformer's types declare the options as required, but they can be missing. */
function toPlainOnly(
  options: { readonly toPlainOnly?: boolean } | undefined,
): boolean | undefined {
  return options?.toPlainOnly;
}

function readTypes({ typeFunction, options }: TypeMetadata): unknown[] {
  const { discriminator } = (options as typeof options | undefined) ?? {};
  if (discriminator) return discriminator.subTypes.map(({ value }) => value);
  return typeFunction.length > 0 ? [] : [typeFunction()];
}

/** Returns the properties of a class that class-transformer's decorators declare, each with its name in JSON. */
export const transformedNamesOf = oncePerClass(
  (entity): ReadonlyMap<string, string> => {
    const storage = transformerStorage();
    const maps = [
      storage._typeMetadatas,
      storage._transformMetadatas,
      storage._exposeMetadatas,
      storage._excludeMetadatas,
    ];
    const names = new Map<string, string>();
    for (
      let ancestor: unknown = entity;
      typeof ancestor === "function";
      ancestor = Object.getPrototypeOf(ancestor)
    )
      for (const property of maps.flatMap((map) => [
        ...(map.get(ancestor)?.keys() ?? []),
      ]))
        if (property !== undefined)
          names.set(
            property,
            storage.findExposeMetadata(entity, property)?.options.name ??
              property,
          );
    return names;
  },
);

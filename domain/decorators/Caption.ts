import {
  inheritedMetadata,
  oncePerClass,
  ownMetadata,
  type EntityClass,
} from "./metadata";

const CAPTIONS = Symbol("captions");

/** Declares a property as a field, and sets the caption that tools show for it. A property without a caption is rejected as unknown. */
export function Caption(caption: string): PropertyDecorator {
  return (prototype, property) => {
    ownMetadata(prototype, CAPTIONS).set(String(property), caption);
  };
}

/** Returns the captions of an entity by property, in the order of declaration; inherited properties come first. */
export function captionsOf(entity: EntityClass): ReadonlyMap<string, string> {
  return inheritedMetadata<string>(entity, CAPTIONS);
}

/** Returns the names of an entity's properties, in the same order as {@link captionsOf}. */
export const fieldsOf = oncePerClass((entity): readonly string[] => [
  ...captionsOf(entity).keys(),
]);

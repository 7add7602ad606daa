import { IsArray } from "./libraries/classValidator";
import {
  inheritedMetadata,
  oncePerClass,
  ownMetadata,
  type EntityClass,
} from "./metadata";

const ITEM_CLASSES = Symbol("item classes");

/** Requires an array of entities, each of which is validated by the rules of its class. */
export function ArrayOf(item: () => EntityClass): PropertyDecorator {
  return (prototype, property) => {
    ownMetadata(prototype, ITEM_CLASSES).set(String(property), item);
    IsArray({ message: `${String(property)} must be an array` })(
      prototype,
      property,
    );
  };
}

/** Returns the item classes of an entity's array properties, by property. */
export const itemClassesOf = oncePerClass((entity) =>
  inheritedMetadata<() => EntityClass>(entity, ITEM_CLASSES),
);

import { inheritedMetadata, ownMetadata, type EntityClass } from "./metadata";

const UNDEFINED_MESSAGES = Symbol("undefined messages");

/**
 * Rejects a property that is there with the value `undefined`, as that of an environment variable that is not set. For
 * properties whose absence is dangerous; other optional properties treat `undefined` as absent.
 */
export function NotUndefined(message: string): PropertyDecorator {
  return (prototype, property) => {
    ownMetadata(prototype, UNDEFINED_MESSAGES).set(String(property), message);
  };
}

/** Returns the messages for an entity's properties that reject `undefined`, by property. */
export function undefinedMessagesOf(
  entity: EntityClass,
): ReadonlyMap<string, string> {
  return inheritedMetadata<string>(entity, UNDEFINED_MESSAGES);
}

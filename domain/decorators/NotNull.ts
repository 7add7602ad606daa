import { inheritedMetadata, ownMetadata, type EntityClass } from "./metadata";

const NULL_MESSAGES = Symbol("null messages");

/** Rejects `null`, which other optional properties treat as absent. For properties whose absence is dangerous. */
export function NotNull(message: string): PropertyDecorator {
  return (prototype, property) => {
    ownMetadata(prototype, NULL_MESSAGES).set(String(property), message);
  };
}

/** Returns the messages for an entity's properties that reject `null`, by property. */
export function nullMessagesOf(
  entity: EntityClass,
): ReadonlyMap<string, string> {
  return inheritedMetadata<string>(entity, NULL_MESSAGES);
}

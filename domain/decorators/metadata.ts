/** A class whose properties are decorated. */
export type EntityClass<Entity extends object = object> = new () => Entity;

/**
 * Computes a value once per class, as decorators do not change after a class is declared. The cache is keyed by the class,
 * because a class can be the caller's own, to which nothing is attached.
 */
export function oncePerClass<Value>(
  compute: (entity: EntityClass) => Value,
): (entity: EntityClass) => Value {
  const cache = new WeakMap<EntityClass, { readonly value: Value }>();
  return (entity) => {
    let cached = cache.get(entity);
    if (!cached) {
      cached = { value: compute(entity) };
      cache.set(entity, cached);
    }
    return cached.value;
  };
}

/** Returns the metadata that a prototype itself has under a key, by property. It is created if missing. */
export function ownMetadata(
  prototype: object,
  key: symbol,
): Map<string, unknown> {
  if (!Object.hasOwn(prototype, key))
    Object.defineProperty(prototype, key, { value: new Map() });
  return (prototype as Record<symbol, Map<string, unknown>>)[key] as never;
}

/** Returns the metadata of a class and of its base classes under a key, by property; base classes come first. */
export function inheritedMetadata<Value>(
  entity: EntityClass,
  key: symbol,
): ReadonlyMap<string, Value> {
  const found = new Map<string, Value>();
  const prototypes: object[] = [];
  let prototype = entity.prototype as object | null;
  while (prototype && prototype !== Object.prototype) {
    prototypes.unshift(prototype);
    prototype = Object.getPrototypeOf(prototype) as object | null;
  }
  for (const each of prototypes)
    for (const [property, value] of ownMetadata(each, key) as Map<
      string,
      Value
    >)
      found.set(property, value);
  return found;
}

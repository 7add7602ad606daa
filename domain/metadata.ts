/** A class, seen from its decorators. */
export type EntityClass<Entity extends object = object> = new () => Entity;

/** What a class wears does not change once it is declared. */
export function remembered<Value>(
  find: (entity: EntityClass) => Value,
): (entity: EntityClass) => Value {
  const found = new WeakMap<EntityClass, { readonly value: Value }>();
  return (entity) => {
    let known = found.get(entity);
    if (!known) {
      known = { value: find(entity) };
      found.set(entity, known);
    }
    return known.value;
  };
}

/** What a prototype itself wears under a key. */
export function own(prototype: object, key: symbol): Map<string, unknown> {
  const known = Reflect.getOwnMetadata(key, prototype) as
    Map<string, unknown> | undefined;
  if (known) return known;
  const fresh = new Map<string, unknown>();
  Reflect.defineMetadata(key, fresh, prototype);
  return fresh;
}

/** What a class wears under a key, and those that it extends, the first of them first. */
export function inherited<Value>(
  entity: EntityClass,
  key: symbol,
): ReadonlyMap<string, Value> {
  const found = new Map<string, Value>();
  const lineage: object[] = [];
  let prototype = entity.prototype as object | null;
  while (prototype && prototype !== Object.prototype) {
    lineage.unshift(prototype);
    prototype = Object.getPrototypeOf(prototype) as object | null;
  }
  for (const link of lineage)
    for (const [property, value] of own(link, key) as Map<string, Value>)
      found.set(property, value);
  return found;
}

import {
  Exclude,
  Expose,
  Transform,
  Type,
  type ExcludeMetadata,
  type ExposeMetadata,
  type TransformMetadata,
  type TypeMetadata,
} from "./classTransformer";

/** The metadata of one decorator of class-transformer: for each class, that of its properties. */
type MetadataByClass<Metadata> = Map<unknown, Map<string, Metadata>>;

/** What class-transformer knows about decorated classes. */
export interface TransformerStorage {
  readonly types: MetadataByClass<TypeMetadata>;
  readonly exposed: MetadataByClass<ExposeMetadata>;
  readonly excluded: MetadataByClass<ExcludeMetadata>;
  readonly transformed: MetadataByClass<readonly TransformMetadata[]>;
}

let storage: TransformerStorage | undefined;

/** Returns the metadata of class-transformer's decorators. */
export function transformerStorage(): TransformerStorage {
  storage ??= findStorage();
  return storage;
}

/**
 * Finds the maps in which class-transformer keeps its metadata. It doesn't export them, and bundlers load different copies of
 * its file, so they are recognized when a decorator adds a class that nothing else knows.
 */
function findStorage(): TransformerStorage {
  class Probe {}
  const [types, exposed, excluded, transformed] = [
    Type(() => Probe),
    Expose(),
    Exclude(),
    Transform(({ value }) => value as unknown),
  ].map((decorate) =>
    findMap(Probe, () => {
      decorate(Probe.prototype, "property");
    }),
  );
  return { types, exposed, excluded, transformed } as TransformerStorage;
}

type SetEntry = (key: unknown, value: never) => Map<unknown, never>;

/** Returns the map to which a function adds a key. */
function findMap(key: unknown, add: () => void): Map<unknown, never> {
  let found = new Map<unknown, never>();
  const note = (map: Map<unknown, never>): void => {
    found = map;
  };
  const set = Reflect.get(Map.prototype, "set") as SetEntry;
  // Only while the function runs, which doesn't wait for anything.
  Map.prototype.set = function (this: Map<unknown, never>, ...entry) {
    if (entry[0] === key) note(this);
    return Reflect.apply(set, this, entry) as Map<unknown, never>;
  };
  try {
    add();
  } finally {
    Map.prototype.set = set;
  }
  return found;
}

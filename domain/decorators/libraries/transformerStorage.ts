import {
  Type,
  type ExcludeMetadata,
  type ExposeMetadata,
  type TypeMetadata,
} from "./classTransformer";
import { transformerStorages } from "./transformerStorages";

/** What class-transformer knows about decorated classes: for each class, the metadata of its properties. */
export interface TransformerStorage {
  readonly _typeMetadatas: MetadataByClass;
  readonly _transformMetadatas: MetadataByClass;
  readonly _exposeMetadatas: MetadataByClass;
  readonly _excludeMetadatas: MetadataByClass;
  findTypeMetadata(entity: object, property: string): TypeMetadata | undefined;
  findExcludeMetadata(
    entity: object,
    property: string,
  ): ExcludeMetadata | undefined;
  findExposeMetadata(
    entity: object,
    property: string,
  ): ExposeMetadata | undefined;
  findTransformMetadatas(
    entity: object,
    property: string,
    transformationType: number,
  ): readonly unknown[];
}

type MetadataByClass = ReadonlyMap<
  unknown,
  ReadonlyMap<string | undefined, unknown>
>;

let storage: TransformerStorage | undefined;

/** Returns the metadata of class-transformer's decorators. */
export function transformerStorage(): TransformerStorage {
  storage ??= findStorage();
  return storage;
}

/** Finds the copy of class-transformer whose decorators are in use. */
function findStorage(): TransformerStorage {
  class Probe {
    readonly property!: unknown;
  }
  Type(() => Probe)(Probe.prototype, "property");
  const found = (transformerStorages as TransformerStorage[]).find((each) =>
    each.findTypeMetadata(Probe, "property"),
  );
  if (!found) throw new Error("class-transformer's storage was not found");
  return found;
}

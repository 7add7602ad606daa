/**
 * The decorators of class-transformer, imported from their individual files for the same reasons as in
 * `classValidator.ts`. They need `reflect-metadata`, which is loaded first.
 */
import type * as ClassTransformer from "class-transformer";
import type {
  ExcludeMetadata,
  ExposeMetadata,
  TypeMetadata,
} from "class-transformer";

export type { TypeMetadata } from "class-transformer";

type Member<Name extends keyof typeof ClassTransformer> = Pick<
  typeof ClassTransformer,
  Name
>;

/* eslint-disable @typescript-eslint/no-require-imports -- see above: the individual files have no types to import. */
require("reflect-metadata/lite");
export const { Exclude } =
  require("class-transformer/cjs/decorators/exclude.decorator") as Member<"Exclude">;
export const { Type } =
  require("class-transformer/cjs/decorators/type.decorator") as Member<"Type">;

/** Returns all of class-transformer, which creates instances from plain objects. It is loaded on the first call. */
export function loadTransformer(): typeof ClassTransformer {
  return require("class-transformer") as typeof ClassTransformer;
}

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

/** Returns the metadata of class-transformer's decorators. It is loaded on the first call. */
export function loadTransformerStorage(): TransformerStorage {
  return (
    require("class-transformer/cjs/storage") as {
      readonly defaultMetadataStorage: TransformerStorage;
    }
  ).defaultMetadataStorage;
}
/* eslint-enable @typescript-eslint/no-require-imports */

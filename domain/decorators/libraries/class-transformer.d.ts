/** class-transformer has no declarations for this file. */
declare module "class-transformer/cjs/storage" {
  export const defaultMetadataStorage: unknown;
}

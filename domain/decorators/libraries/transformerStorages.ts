import { defaultMetadataStorage } from "class-transformer/cjs/storage";

/**
 * The storages of class-transformer's copies. Node loads only this one. Bundlers load either this one or that of its ES modules:
 * `build/esModules.mjs` adds it.
 */
export const transformerStorages: readonly unknown[] = [defaultMetadataStorage];

/** What entities use of class-transformer. */
import "reflect-metadata/lite";
import { Type as setType } from "class-transformer";

export {
  Exclude,
  Expose,
  plainToInstance,
  Transform,
  type ExcludeMetadata,
  type ExposeMetadata,
  type TransformMetadata,
  type TypeMetadata,
} from "class-transformer";

/**
 * class-transformer's decorator, which needs `reflect-metadata`. A function of its own: bundlers drop the import above if this
 * module only re-exports.
 */
export const Type: typeof setType = (typeFunction, options) =>
  setType(typeFunction, options);

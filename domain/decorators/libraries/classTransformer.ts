/** What entities use of class-transformer. */
import { Type as setType } from "class-transformer";
import { recordDesignTypes } from "./reflectMetadata";

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

/** class-transformer's decorator, which needs reflect-metadata. */
export const Type: typeof setType = (typeFunction, options) => {
  recordDesignTypes();
  return setType(typeFunction, options);
};

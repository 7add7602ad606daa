/** The decorators of entities, and functions that read them. Entities import both from this file. */
export { ArrayOf, itemClassesOf } from "./ArrayOf";
export { Caption, captionsOf, fieldsOf } from "./Caption";
export { Exclude, plainToInstance, Type } from "./libraries/classTransformer";
export {
  ArrayMaxSize,
  IsBoolean,
  IsDate,
  IsIn,
  IsInt,
  IsOptional,
  Length,
  Matches,
  Max,
  Min,
} from "./libraries/classValidator";
export { recordDesignTypes } from "./libraries/reflectMetadata";
export { designTypeOf } from "./designTypeOf";
export { isDeclared } from "./isDeclared";
export { IsExternalId } from "./IsExternalId";
export { IsExternalIdKey } from "./IsExternalIdKey";
export { IsIntBetween } from "./IsIntBetween";
export { IsRoleArn } from "./IsRoleArn";
export { IsRoleSessionName } from "./IsRoleSessionName";
export { IsSessionDuration } from "./IsSessionDuration";
export { IsSourceIdentity } from "./IsSourceIdentity";
export { IsString } from "./IsString";
export { IsTagList } from "./IsTagList";
export { findBrokenRules, hasRule, isValid } from "./isValid";
export { oncePerClass, type EntityClass } from "./metadata";
export { NotNull, nullMessagesOf } from "./NotNull";
export { NotUndefined, undefinedMessagesOf } from "./NotUndefined";
export { rulesOf } from "./rulesOf";
export { Satisfies } from "./Satisfies";
export { Validator, type ValidationError } from "./libraries/Validator";
export {
  transformationOf,
  transformedNamesOf,
  type Transformation,
} from "./transformationOf";

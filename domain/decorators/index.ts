/** The decorators of entities, and what is read from them. Entities import them from here. */
export { ArrayOf, itemClassesOf } from "./ArrayOf";
export { Caption, captionsOf, fieldsOf } from "./Caption";
export { Exclude, loadTransformer, Type } from "./classTransformer";
export {
  ArrayMaxSize,
  IsBoolean,
  IsDate,
  IsIn,
  IsInt,
  IsOptional,
  Length,
  loadValidator,
  Matches,
  Max,
  Min,
} from "./classValidator";
export { isDeclared } from "./isDeclared";
export { designTypeOf } from "./designTypeOf";
export { IsString } from "./IsString";
export { isValid } from "./isValid";
export type { EntityClass } from "./metadata";
export { NotNull, nullMessagesOf } from "./NotNull";
export { Satisfies } from "./Satisfies";

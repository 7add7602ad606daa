import { ArrayOf } from "./ArrayOf";
import { ArrayMaxSize } from "./libraries/classValidator";
import { combine } from "./combine";
import type { EntityClass } from "./metadata";

/** Requires a list of session tags, at most 50. */
export function IsTagList(tag: () => EntityClass): PropertyDecorator {
  return combine(
    ArrayOf(tag),
    ArrayMaxSize(50, { message: "$property must have at most 50 items" }),
  );
}

/**
 * The decorators of class-transformer, imported from their individual files for the same reasons as in
 * `classValidator.ts`. They need `reflect-metadata`, which is loaded first.
 */
import type * as ClassTransformer from "class-transformer";

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
/* eslint-enable @typescript-eslint/no-require-imports */

import type { Decimal } from "./Decimal";
import type { MapLike } from "./MapLike";
import type { Real } from "./numbers";
import type { Bean } from "./Bean";
import type { JavaObject } from "./JavaObject";

/** A plain object or a `Map`, which expressions see as a Java map. */
export type Dictionary =
  Readonly<Record<string, unknown>> | ReadonlyMap<unknown, unknown> | MapLike;

/** A value in an expression. The contents of lists and maps are checked when they are read. */
export type Value =
  | null
  | string
  | boolean
  | number
  | bigint
  | Real
  | Decimal
  | Date
  | Uint8Array
  | readonly unknown[]
  | Dictionary
  | Bean
  | JavaObject;

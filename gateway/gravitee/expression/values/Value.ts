import type { Decimal } from "./Decimal";
import type { MapLike } from "./MapLike";
import type { Real } from "./numbers";
import type { Bean } from "./Bean";
import type { JavaObject } from "./JavaObject";

/** An object as JSON has them, or a `Map`: what Java calls a map. */
export type Dictionary =
  Readonly<Record<string, unknown>> | ReadonlyMap<unknown, unknown> | MapLike;

/** What an expression works with. What lists and maps hold is looked at when it is read. */
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

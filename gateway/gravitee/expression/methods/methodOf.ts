import { kindOf } from "../values/kindOf";
import { Entry } from "../values/entries";
import { JavaObject } from "../values/JavaObject";
import { MultiMap } from "../values/MultiMap";
import type { Value } from "../values/Value";
import { DECIMAL_METHODS } from "./decimalMethods";
import { LIST_METHODS } from "./listMethods";
import { ENTRY_METHODS, MAP_METHODS, MULTI_MAP_METHODS } from "./mapMethods";
import { DATE_METHODS } from "../time/legacyClasses";
import type { Method, Methods } from "../members/Method";
import { NUMBER_METHODS } from "./numberMethods";
import { OBJECT_METHODS } from "./objectMethods";
import { BOOLEAN_METHODS, BYTES_METHODS } from "./otherMethods";
import { STRING_METHODS } from "./stringMethods";

const BY_KIND: Readonly<Record<string, Methods<never>>> = {
  text: STRING_METHODS,
  integer: NUMBER_METHODS,
  double: NUMBER_METHODS,
  decimal: DECIMAL_METHODS,
  boolean: BOOLEAN_METHODS,
  list: LIST_METHODS,
  bytes: BYTES_METHODS,
  date: DATE_METHODS,
};

/** Finds a method of a value by its name. */
export function methodOf(
  value: Exclude<Value, null>,
  name: string,
): Method<Value> | undefined {
  return methodsOf(value)?.get(name) as Method<Value> | undefined;
}

function methodsOf(value: Exclude<Value, null>): Methods<never> | undefined {
  if (typeof value === "string") return STRING_METHODS;
  if (value instanceof MultiMap) return MULTI_MAP_METHODS;
  if (value instanceof Entry) return ENTRY_METHODS;
  if (value instanceof JavaObject) return OBJECT_METHODS.get(value.className);
  const kind = kindOf(value);
  return kind === "map" ? MAP_METHODS : BY_KIND[kind];
}

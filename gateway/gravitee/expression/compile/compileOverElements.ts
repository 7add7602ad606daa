import { fail } from "../errors/Fault";
import { entriesOf } from "../values/entries";
import { admit, ownValue } from "../values/admit";
import { kindOf, nameOf } from "../values/kindOf";
import { toBoolean } from "../values/toBoolean";
import type { Dictionary, Value } from "../values/Value";
import type { Link } from "../syntax/Node";
import type { Compiling, Frame } from "../scope/Frame";

type Over = Extract<Link, { kind: "select" | "project" }>;

/** Compiles a selection (`.?[…]`) or a projection (`.![…]`) of a list or of the entries of a map. */
export function compileOverElements(
  link: Over,
  { place, compile }: Compiling,
): (value: Value, frame: Frame) => Value {
  if (link.kind === "project") {
    const each = compile(link.each, place);
    return (value, frame) => {
      const projected: Value[] = [];
      for (const self of elementsOf(value, frame)) {
        frame.meter.take(8);
        projected.push(each({ ...frame, self }));
      }
      return projected;
    };
  }
  const test = compile(link.test, place);
  const { which } = link;
  return (value, frame) => {
    const kept: Value[] = [];
    for (const self of elementsOf(value, frame)) {
      if (toBoolean(test({ ...frame, self }), frame.meter) !== true) continue;
      frame.meter.take(8);
      kept.push(self);
      if (which === "first") break;
    }
    if (which === "all") return kindOf(value) === "map" ? toMap(kept) : kept;
    return (which === "first" ? kept[0] : kept.at(-1)) ?? null;
  };
}

function* elementsOf(value: Value, { meter }: Frame): Generator<Value> {
  if (kindOf(value) === "map") {
    yield* entriesOf(value as Dictionary, meter);
    return;
  }
  if (!Array.isArray(value))
    return fail(`${nameOf(value)} is neither a list nor a map`);
  for (let at = 0; at < value.length; at++) {
    meter.step();
    yield admit(ownValue(value, at));
  }
}

function toMap(entries: readonly Value[]): Value {
  const map = new Map<unknown, unknown>();
  for (const entry of entries as { key: unknown; value: unknown }[])
    map.set(entry.key, entry.value);
  return map;
}

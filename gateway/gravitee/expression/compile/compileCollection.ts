import type { Node } from "../syntax/Node";
import type { Value } from "../values/Value";
import type { Compiling, Run } from "../scope/Frame";

/** Compiles a list such as `{1, 2}` or a map such as `{a: 1}`. */
export function compileCollection(
  node: Extract<Node, { kind: "list" | "map" }>,
  { place, compile }: Compiling,
): Run {
  if (node.kind === "list") {
    const items = node.items.map((item) => compile(item, place));
    return (frame) => {
      frame.meter.take(8 * items.length);
      return items.map((item) => item(frame));
    };
  }
  const entries = node.entries.map(
    ([key, value]) => [compile(key, place), compile(value, place)] as const,
  );
  return (frame) => {
    frame.meter.take(32 * entries.length);
    const map = new Map<Value, Value>();
    for (const [key, value] of entries) map.set(key(frame), value(frame));
    return map;
  };
}

import type { Meter } from "../metering/Meter";
import { keysOf, readKey } from "./dictionaries";
import { MapLike } from "./MapLike";
import type { Dictionary, Value } from "./Value";

/** An entry of a map, with the properties `key` and `value`. */
export class Entry extends MapLike {
  constructor(
    readonly key: Value,
    readonly value: Value,
  ) {
    super();
  }

  get(name: string): unknown {
    return name === "key"
      ? this.key
      : name === "value"
        ? this.value
        : undefined;
  }

  keys(): readonly string[] {
    return ["key", "value"];
  }
}

/** The entries of a map, in order. */
export function entriesOf(map: Dictionary, meter: Meter): Entry[] {
  const keys = keysOf(map, meter);
  meter.take(32 * keys.length);
  return keys.map((key) => new Entry(key, readKey(map, key)));
}

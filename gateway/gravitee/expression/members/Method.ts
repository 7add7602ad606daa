import type { Meter } from "../metering/Meter";
import type { Value } from "../values/Value";
import { CONVERT, type Arguments } from "./Arguments";

/** A method that expressions can call on a value. */
export interface Method<Self> {
  /** Minimum and maximum number of arguments. */
  readonly least: number;
  readonly most: number;

  /** Index of the argument that is a regular expression. Optional. */
  readonly pattern?: number;

  readonly run: (self: Self, args: readonly Value[], meter: Meter) => Value;
}

/** The methods of one kind of value, by name. */
export type Methods<Self> = ReadonlyMap<string, Method<Self>>;

type Name = keyof Arguments;
type Take = Name | `${Name}?` | `${Name}*`;

/** The types of the converted arguments of a method declaration. */
type Given<Takes extends readonly Take[]> = {
  [Index in keyof Takes]: Takes[Index] extends `${infer One extends Name}?`
    ? Arguments[One] | undefined
    : Takes[Index] extends `${infer Each extends Name}*`
      ? Arguments[Each][]
      : Takes[Index] extends Name
        ? Arguments[Takes[Index]]
        : never;
};

/**
 * Creates a method.
 *
 * @param takes - Type of each argument. `?` marks an optional argument, `*` a last argument that can be repeated.
 * @param run - Implementation. It receives the converted arguments.
 */
export function method<Self, const Takes extends readonly Take[]>(
  takes: Takes,
  run: (self: Self, args: Given<Takes>, meter: Meter) => Value,
): Method<Self> {
  const names = takes.map((take) => take.replace(/[?*]$/, "") as Name);
  const isMany = takes.at(-1)?.endsWith("*") ?? false;
  const single = isMany ? names.slice(0, -1) : names;
  const pattern = names.indexOf("pattern");
  return {
    least: takes.filter((take) => !/[?*]$/.test(take)).length,
    most: isMany ? 100 : takes.length,
    ...(pattern >= 0 && { pattern }),
    run: (self, args, meter) => {
      const given: unknown[] = single.map((name, at) =>
        at < args.length ? CONVERT[name](args[at] ?? null, meter) : undefined,
      );
      const last = names.at(-1);
      if (isMany && last)
        given.push(
          args.slice(single.length).map((arg) => CONVERT[last](arg, meter)),
        );
      return run(self, given as Given<Takes>, meter);
    },
  };
}

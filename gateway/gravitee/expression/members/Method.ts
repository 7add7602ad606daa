import type { Meter } from "../metering/Meter";
import { sizeOf } from "../values/sizeOf";
import type { Value } from "../values/Value";
import { CONVERT, type Arguments } from "./Arguments";

/** The steps that a method needs. */
export interface Cost {
  /** Steps of any call. */
  readonly call: number;

  /** Steps per character, byte or element of the receiver. Zero if the method reads a part of it whose size is limited. */
  readonly receiver: number;

  /** Steps per character, byte or element of the arguments. */
  readonly argument: number;
}

const LINEAR: Cost = { call: 128, receiver: 1, argument: 1 };

/** The cost of a method that reads only a part of its receiver, whose size is limited. */
export const CONSTANT = { receiver: 0 } as const satisfies Partial<Cost>;

/** The cost of a method that needs the given number of steps for each character, byte or element that it receives. */
export function perUnit(steps: number): Partial<Cost> {
  return { receiver: steps, argument: steps };
}

/** The implementation of a method. */
type Run<Self> = (self: Self, args: readonly Value[], meter: Meter) => Value;

/** A method that expressions can call on a value. It counts what it receives before it runs. */
export class Method<Self> {
  readonly #run: Run<Self>;

  constructor(
    /** Minimum and maximum number of arguments. */
    readonly accepted: { readonly least: number; readonly most: number },
    readonly cost: Cost,
    run: Run<Self>,
  ) {
    this.#run = run;
  }

  /** Whether it can be called with the given number of arguments. */
  accepts(count: number): boolean {
    return count >= this.accepted.least && count <= this.accepted.most;
  }

  /**
   * Calls the method. The only way to run it: the sizes of the receiver and the arguments are counted first.
   *
   * @throws Fault when it fails, or when a limit is exceeded.
   */
  call(self: Self, args: readonly Value[], meter: Meter): Value {
    const { call, receiver, argument } = this.cost;
    let steps = call + receiver * sizeOf(self);
    for (const arg of args) steps += argument * sizeOf(arg);
    meter.charge(steps);
    return this.#run(self, args, meter);
  }
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
 * @param cost - What it costs. Defaults to one step per character, byte or element that it receives.
 */
export function method<Self, const Takes extends readonly Take[]>(
  takes: Takes,
  run: (self: Self, args: Given<Takes>, meter: Meter) => Value,
  cost: Partial<Cost> = {},
): Method<Self> {
  const names = takes.map((take) => take.replace(/[?*]$/, "") as Name);
  const isMany = takes.at(-1)?.endsWith("*") ?? false;
  const single = isMany ? names.slice(0, -1) : names;
  const accepted = {
    least: takes.filter((take) => !/[?*]$/.test(take)).length,
    most: isMany ? 100 : takes.length,
  };
  return new Method(accepted, { ...LINEAR, ...cost }, (self, args, meter) => {
    const given: unknown[] = single.map((name, at) =>
      at < args.length ? CONVERT[name](args[at] ?? null, meter) : undefined,
    );
    const last = names.at(-1);
    if (isMany && last)
      given.push(
        args.slice(single.length).map((arg) => CONVERT[last](arg, meter)),
      );
    return run(self, given as Given<Takes>, meter);
  });
}

import { fail } from "../errors/Fault";
import type { Meter } from "../metering/Meter";
import { isNumeric, toDouble } from "../values/numbers";

/** The aggregate functions, by name. */
const AGGREGATES: Readonly<
  Record<string, (numbers: readonly number[], sum: number) => number>
> = {
  min: (numbers) => numbers.reduce((a, b) => (b < a ? b : a)),
  max: (numbers) => numbers.reduce((a, b) => (b > a ? b : a)),
  sum: (_, sum) => sum,
  avg: ({ length }, sum) => sum / length,
  stddev: (numbers, sum) => {
    const mean = sum / numbers.length;
    const squares = numbers.reduce((all, each) => all + (each - mean) ** 2, 0);
    return Math.sqrt(squares / numbers.length);
  },
};

/** Whether there is an aggregate function with this name. */
export function isAggregate(name: string): boolean {
  return Object.hasOwn(AGGREGATES, name);
}

/** Applies an aggregate function to the numbers in a list. Other items are ignored. */
export function aggregate(
  name: string,
  list: readonly unknown[],
  meter: Meter,
): number {
  const numbers: number[] = [];
  let sum = 0;
  for (const item of list) {
    meter.step();
    if (!isNumeric(item)) continue;
    const number = toDouble(item);
    numbers.push(number);
    sum += number;
  }
  if (numbers.length === 0)
    fail(`${name}() requires a list with at least one number`);
  return AGGREGATES[name]?.(numbers, sum) ?? NaN;
}

import { fail } from "../errors/Fault";
import type { Meter } from "../metering/Meter";
import { isNumeric, toDouble } from "../values/numbers";

/** What is made of many numbers, by name. */
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

/** Whether there is such an aggregate. */
export function isAggregate(name: string): boolean {
  return Object.hasOwn(AGGREGATES, name);
}

/** One number of the numbers in a list; what is none does not count. */
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
  if (numbers.length === 0) fail(`${name}() of no numbers`);
  return AGGREGATES[name]?.(numbers, sum) ?? NaN;
}

import { Fault, fail, failToRead } from "../errors/Fault";
import type { Meter } from "../metering/Meter";
import { loadLosslessJson } from "../libraries/peers";
import { toMeteredString } from "../metering/MeteredString";
import { Real, toInteger } from "../values/numbers";
import { weigh } from "./weigh";

/** A document, as paths are followed through it. */
export interface JsonDocument {
  /** As JavaScript reads it: what filters compare. */
  readonly plain: unknown;

  /** With its numbers as they are written. */
  readonly exact: unknown;
}

/** A number that JavaScript reads otherwise than it is written: with a point, an exponent, or many digits. */
const UNSAFE = /(?:^|[[:,\s])-?(?:\d+[.eE]|\d{16})/;

/** The longest whole number. */
const MOST_DIGITS = 1000;

/** Reads a text as JSON; one that is none, and does not begin as an object or a list, stands for itself. */
export function readJson(text: string, meter: Meter): JsonDocument {
  const bare = text.trim();
  if (bare === "") failToRead("there is no JSON: the text is empty");
  weigh(text, meter);
  const plain = parsePlain(bare);
  if (plain === null) failToRead("there is nothing in the JSON: it is null");
  meter.checkWork();
  if (typeof plain === "string" || !UNSAFE.test(bare))
    return { plain, exact: plain };
  return { plain, exact: parseExact(bare, meter) };
}

function parsePlain(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return /^[{[]/.test(text)
      ? failToRead("the text begins as JSON does, and is none")
      : text;
  }
}

function parseExact(text: string, meter: Meter): unknown {
  const { parse } = loadLosslessJson();
  const parseNumber = (digits: string): unknown => {
    meter.step();
    return toNumber(digits);
  };
  try {
    return parse(toMeteredString(text, meter), null, {
      parseNumber,
      onDuplicateKey: ({ newValue }) => newValue,
    });
  } catch (error) {
    if (error instanceof Fault) throw error;
    return fail("the JSON cannot be read: it is too deep");
  }
}

function toNumber(digits: string): number | bigint | Real {
  if (!/^-?\d+$/.test(digits)) return Real.of(Number(digits));
  return digits.length > MOST_DIGITS
    ? fail(`the JSON has a number of more than ${MOST_DIGITS} digits`)
    : toInteger(BigInt(digits));
}

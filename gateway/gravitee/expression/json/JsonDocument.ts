import { JsonDepthError, parseJson } from "../../../../src/internal";
import { Fault, fail, failToRead } from "../errors/Fault";
import type { Meter } from "../metering/Meter";
import { getLosslessJson } from "../libraries/peers";
import { toMeteredString } from "../metering/MeteredString";
import { Real, toInteger } from "../values/numbers";
import { weigh } from "./weigh";

/** A parsed JSON document. */
export interface JsonDocument {
  /** With JavaScript numbers. Filters compare these. */
  readonly plain: unknown;

  /** With all digits of its numbers. */
  readonly exact: unknown;
}

/** Matches numbers that JavaScript may not represent exactly: with a decimal point, an exponent, or many digits. */
const UNSAFE = /(?:^|[[:,\s])-?(?:\d+[.eE]|\d{16})/;

/** Matches the start of an object or a list. */
const OPENING = /^[{[]/;

/** Steps per character of searching for such numbers, and of parsing with all digits. */
const SEARCHING = 1;
const PER_CHARACTER = 8;

/** Maximum length of an integer, in digits. */
const MOST_DIGITS = 1000;

/**
 * Parses JSON. A string that is not JSON, and does not start like an object or a list, is read as a JSON string.
 */
export function readJson(text: string, meter: Meter): JsonDocument {
  meter.charge(text.length);
  const trimmed = text.trim();
  if (trimmed === "") failToRead("cannot read JSON from an empty string");
  if (OPENING.test(trimmed)) weigh(trimmed, meter);
  else meter.takeText(trimmed.length);
  const plain = parsePlain(trimmed);
  if (plain === null) failToRead("cannot read the JSON value null");
  meter.charge(SEARCHING * trimmed.length);
  if (typeof plain === "string" || !UNSAFE.test(trimmed))
    return { plain, exact: plain };
  return { plain, exact: parseExact(trimmed, meter) };
}

function parsePlain(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonDepthError) fail(`the JSON is ${error.message}`);
    return OPENING.test(text)
      ? failToRead("the string starts like JSON but is not valid JSON")
      : text;
  }
}

function parseExact(text: string, meter: Meter): unknown {
  const { parse } = getLosslessJson();
  const parseNumber = (digits: string): unknown => {
    meter.step();
    return toNumber(digits);
  };
  try {
    return parse(toMeteredString(text, meter, PER_CHARACTER), null, {
      parseNumber,
      onDuplicateKey: ({ newValue }) => newValue,
    });
  } catch (error) {
    if (error instanceof Fault) throw error;
    return fail("the JSON is nested too deeply");
  }
}

function toNumber(digits: string): number | bigint | Real {
  if (!/^-?\d+$/.test(digits)) return Real.of(Number(digits));
  return digits.length > MOST_DIGITS
    ? fail(`a number in the JSON has more than ${MOST_DIGITS} digits`)
    : toInteger(BigInt(digits));
}

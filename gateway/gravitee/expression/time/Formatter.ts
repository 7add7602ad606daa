import { fail } from "../errors/Fault";
import { trimEnd } from "../text/trim";
import { JavaObject } from "../values/JavaObject";
import { readPattern, writePattern, type PatternPart } from "./DatePattern";
import { parseIso } from "./iso";
import { parsePattern } from "./parsePattern";
import { Temporal, type TemporalKind } from "./Temporal";

/** The predefined formatters. The ISO formatters omit fractions of zero, so `writeIso` formats them. */
export const NAMED = {
  ISO_LOCAL_DATE: "yyyy-MM-dd",
  ISO_DATE: "yyyy-MM-dd",
  BASIC_ISO_DATE: "yyyyMMdd",
  ISO_LOCAL_DATE_TIME: "yyyy-MM-dd'T'HH:mm:ss",
  ISO_DATE_TIME: "",
  ISO_ZONED_DATE_TIME: "",
  ISO_OFFSET_DATE_TIME: "yyyy-MM-dd'T'HH:mm:ssXXX",
  ISO_INSTANT: "yyyy-MM-dd'T'HH:mm:ssXXX",
  RFC_1123_DATE_TIME: "EEE, d MMM yyyy HH:mm:ss Z",
} as const;

/** Maximum length of a string that is parsed, in characters. */
const LONGEST = 1000;

/** Name of a predefined formatter. */
export type NamedPattern = keyof typeof NAMED;

/** Java's `DateTimeFormatter` and `SimpleDateFormat`. */
export class Formatter extends JavaObject {
  readonly className: "DateTimeFormatter" | "SimpleDateFormat";
  readonly #parts: readonly PatternPart[];
  readonly #named: NamedPattern | undefined;

  constructor(
    pattern: string,
    of: {
      readonly className: "DateTimeFormatter" | "SimpleDateFormat";
      readonly named?: NamedPattern;
    },
  ) {
    super();
    this.className = of.className;
    this.#named = of.named;
    this.#parts = readPattern(pattern);
  }

  toString(): string {
    return this.className;
  }

  /** Formats a date or time. */
  format(temporal: Temporal): string {
    const named = this.#named;
    if (!named?.startsWith("ISO")) return writePattern(this.#parts, temporal);
    const isDateOnly = named.endsWith("_DATE");
    if (!isDateOnly && temporal.className === "LocalDate")
      fail("the date pattern includes a time, but a LocalDate has no time");
    return writeIso(named, temporal);
  }

  /** Parses a date or time. */
  parse(text: string, kind: TemporalKind): Temporal {
    if (text.length > LONGEST)
      fail("the string is too long for a date or time");
    return this.#named?.startsWith("ISO")
      ? parseIso(text, kind)
      : parsePattern(this.#parts, { text, kind });
  }
}

/** Formats like Java's ISO formatters: always with seconds, and with fractions unless they are zero. */
function writeIso(named: NamedPattern, temporal: Temporal): string {
  const isUtc = named === "ISO_INSTANT";
  const { nano, epochSeconds, className } = temporal;
  if (
    (isUtc || named === "ISO_OFFSET_DATE_TIME") &&
    className !== "ZonedDateTime"
  )
    return fail("the date pattern includes a zone, but the value has no zone");
  const shown = isUtc
    ? Temporal.at(epochSeconds, { nano, zone: "Z" })
    : temporal;
  const part =
    nano === 0 ? "" : `.${trimEnd(String(nano).padStart(9, "0"), "0")}`;
  const pattern =
    named === "ISO_DATE" || named === "ISO_LOCAL_DATE"
      ? "yyyy-MM-dd"
      : "yyyy-MM-dd'T'HH:mm:ss";
  const local = writePattern(readPattern(pattern), shown);
  if (pattern === "yyyy-MM-dd") return local;
  const isLocal = named === "ISO_LOCAL_DATE_TIME" || shown.zone === undefined;
  const zone = isLocal ? "" : writePattern(readPattern("XXX"), shown);
  const isNamed =
    !isLocal &&
    named !== "ISO_OFFSET_DATE_TIME" &&
    /\[.*\]$/.test(String(shown));
  return `${local}${part}${zone}${isNamed ? `[${shown.zone}]` : ""}`;
}

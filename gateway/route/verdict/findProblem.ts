import {
  findHeaderNameProblem,
  findHeaderProblem,
  isFinalStatus,
} from "../../http/headerRules";
import type { GatewayResponse } from "../../http/GatewayResponse";
import type { Change } from "./Change";
import type { StepResponse } from "./StepResponse";
import { formatNumber, isHeaderValue } from "../../../src/internal";

/** What makes a change or a step's response impossible to send. `undefined` if nothing does. */
export function findProblem(
  given: Change & Partial<Omit<StepResponse, "status">>,
): string | undefined {
  const { setHeaders, headers, dropHeaders } = given;
  const excess = findExcess(given);
  if (excess !== undefined) return excess;
  const values = Object.entries({ ...setHeaders, ...headers });
  const problems = [
    isRecord(setHeaders) && isRecord(headers)
      ? undefined
      : "headers must be an object of names and values",
    ...(dropHeaders ?? []).map(findHeaderNameProblem),
    ...values.map(([name, value]) => findHeaderProblem(name, value)),
    given.status === undefined ? undefined : findStatusProblem(given.status),
    given.statusText === undefined || isHeaderValue(given.statusText)
      ? undefined
      : "statusText must be a string of Latin-1 characters without line breaks",
    given.body === undefined || isBody(given.body)
      ? undefined
      : "body must be a string or a Uint8Array",
    given.method === undefined || METHOD.test(given.method)
      ? undefined
      : "method must be an HTTP method in upper case",
    given.url === undefined || /^\/[!"$-~]*$/.test(given.url)
      ? undefined
      : "url must start with / and contain only visible ASCII characters except #",
    given.target === undefined || isTarget(given.target)
      ? undefined
      : "target must be an http or https URL without a path",
  ];
  return problems.find((problem) => problem !== undefined);
}

/** Header lines that a step may set, and header names that it may drop, in one verdict. Clients accept at most a few hundred lines. */
const MAX_LINES = 1_000;

/** Length of the names and values that a step may set, in characters. Clients accept 8 to 256 KB. */
const MAX_CHARACTERS = 262_144;

const TOO_MANY_LINES = `at most ${formatNumber(MAX_LINES)} headers can be set or dropped`;
const TOO_MANY_CHARACTERS = `the headers must have at most ${formatNumber(MAX_CHARACTERS)} characters`;

/**
 * What makes the length of a response ambiguous. Bytes are sent with their true length, whatever the header says; for a stream, or the
 * response to HEAD, it counts.
 */
export function findLengthProblem({
  headers,
  body,
}: GatewayResponse): string | undefined {
  const lengths = headers.getAll("content-length");
  if (lengths.length === 0) return undefined;
  if (!body.isUnopened && body.source instanceof Uint8Array && body.length)
    return undefined;
  return lengths.length === 1 && /^\d{1,15}$/.test(lengths[0] ?? "")
    ? undefined
    : "Content-Length must be one number of bytes";
}

/** What makes header lines impossible to send: name, value, name, value. {@link findLengthProblem} checks `Content-Length`. */
export function findLinesProblem(lines: readonly string[]): string | undefined {
  if (lines.length > 2 * MAX_LINES) return TOO_MANY_LINES;
  let characters = 0;
  for (let at = 0; at < lines.length; at += 2) {
    const name = lines[at] ?? "";
    const value: unknown = lines[at + 1];
    const problem =
      name.toLowerCase() === "content-length"
        ? undefined
        : findHeaderProblem(name, value);
    if (problem !== undefined) return problem;
    characters += name.length + (value as string).length;
  }
  return characters > MAX_CHARACTERS ? TOO_MANY_CHARACTERS : undefined;
}

/** Checks the number of headers before each of them: writing very many takes time in proportion to the square of their number. */
function findExcess({
  setHeaders,
  headers,
  dropHeaders = [],
}: Change & Partial<Omit<StepResponse, "status">>): string | undefined {
  let lines = dropHeaders.length;
  let characters = 0;
  for (const given of [setHeaders ?? {}, headers ?? {}])
    for (const [name, value] of Object.entries(given)) {
      const values: readonly unknown[] = Array.isArray(value) ? value : [value];
      lines += values.length;
      if (lines > MAX_LINES) break;
      for (const each of values)
        characters +=
          name.length + (typeof each === "string" ? each.length : 0);
    }
  if (lines > MAX_LINES) return TOO_MANY_LINES;
  return characters > MAX_CHARACTERS ? TOO_MANY_CHARACTERS : undefined;
}

/** Node's client sends lower-case letters as upper case, so later steps would judge another method. */
const METHOD = /^[!#$%&'*+.^_`|~0-9A-Z-]{1,64}$/;

/** Why this status cannot be sent. `undefined` if it can. */
export const findStatusProblem = (status: unknown): string | undefined =>
  isFinalStatus(status)
    ? undefined
    : "status must be an integer from 200 to 599";

/** Whether the headers are the object's own properties; those of an array or of Fetch's `Headers` are not. */
function isRecord(given: object | undefined): boolean {
  if (given === undefined) return true;
  const prototype: unknown = Object.getPrototypeOf(given);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

const isBody = (body: unknown): boolean =>
  typeof body === "string" || body instanceof Uint8Array;

function isTarget(value: string): boolean {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  return (
    /^https?:$/.test(url?.protocol ?? "") &&
    url?.pathname === "/" &&
    url.search + url.hash + url.username + url.password === ""
  );
}

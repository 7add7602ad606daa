import { LruMap } from "../cache/LruMap";

/** The parts of a function name or ARN. */
export interface ParsedFunctionName {
  readonly partition?: string;
  readonly region?: string;
  readonly account?: string;
  readonly name: string;
  readonly qualifier?: string;
}

/**
 * A function name, partial ARN or ARN. The partition can be empty. A region is recognized only in an ARN, or before an
 * account ID or `function:`; otherwise `price-list-1:live` would be the function `live` in the region `price-list-1`.
 */
const PARTS =
  /^(?:arn:(?<partition>[^:]*):lambda:)?(?:(?<region>[a-z]{2,}-[a-z-]+-\d):(?:(?<=:lambda:[^:]+:)|(?=\d{12}:|function:)))?(?:(?<account>\d{12}):)?(?:function:)?(?<name>[^:]+)(?::(?<qualifier>[^:]+))?$/;

/** Parsed names: an application calls the same few functions. */
const cache = new LruMap<string, ParsedFunctionName>({ max: 1_000 });

/** Parses a function name in any of AWS's forms. */
export function parseFunctionName(functionName: string): ParsedFunctionName {
  const parsed = cache.get(functionName) ?? match(functionName);
  cache.set(functionName, parsed);
  return parsed;
}

function match(functionName: string): ParsedFunctionName {
  const groups = PARTS.exec(functionName)?.groups;
  if (!groups) return { name: functionName };
  const parts = Object.entries(groups).filter(([, part]) => part);
  return Object.fromEntries(parts) as unknown as ParsedFunctionName;
}

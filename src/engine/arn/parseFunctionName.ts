import { LRUCache } from "lru-cache";

/** A function's name, taken apart. */
export interface ParsedFunctionName {
  readonly partition?: string;
  readonly region?: string;
  readonly account?: string;
  readonly name: string;
  readonly qualifier?: string;
}

/**
 * A region counts as one in an ARN, or in front of an account or `function:`; else `price-list-1:live` would be a
 * function `live` in a region `price-list-1`. A partition may be left empty.
 */
const PARTS =
  /^(?:arn:(?<partition>[^:]*):lambda:)?(?:(?<region>[a-z]{2,}-[a-z-]+-\d):(?:(?<=:lambda:[^:]+:)|(?=\d{12}:|function:)))?(?:(?<account>\d{12}):)?(?:function:)?(?<name>[^:]+)(?::(?<qualifier>[^:]+))?$/;

/** Names that were taken apart before: an application calls the same few. */
const known = new LRUCache<string, ParsedFunctionName>({ max: 1_000 });

/** Takes a function's name apart, in whichever of AWS's forms it comes. */
export function parseFunctionName(functionName: string): ParsedFunctionName {
  const parts = known.get(functionName) ?? takeApart(functionName);
  known.set(functionName, parts);
  return parts;
}

function takeApart(functionName: string): ParsedFunctionName {
  const groups = PARTS.exec(functionName)?.groups;
  if (!groups) return { name: functionName };
  const found = Object.entries(groups).filter(([, part]) => part);
  return Object.fromEntries(found) as unknown as ParsedFunctionName;
}

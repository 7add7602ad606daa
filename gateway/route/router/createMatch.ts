import type { RouteMatch } from "../../http/RouteMatch";
import { decodeSegment, type RoutePattern } from "./RoutePattern";

/** The match of a request, whose parameters are read when they are first used. */
export function createMatch(
  { key, path, segments: pattern }: RoutePattern,
  {
    segments,
    stageVariables,
  }: {
    readonly segments: readonly string[];
    readonly stageVariables: RouteMatch["stageVariables"];
  },
): RouteMatch {
  let raw: RouteMatch["parameters"] | undefined;
  let decoded: RouteMatch["parameters"] | undefined;
  const read = (decode: (value: string) => string): Record<string, string> => {
    const values: [string, string][] = [];
    for (const [at, segment] of pattern.entries())
      if (segment.kind !== "literal") {
        const isGreedy = segment.kind === "greedy";
        const value = isGreedy
          ? segments.slice(at)
          : segments.slice(at, at + 1);
        values.push([segment.name, value.map(decode).join("/")]);
      }
    return Object.fromEntries(values);
  };
  return {
    key,
    pattern: path,
    stageVariables,
    get parameters() {
      return (raw ??= read((value) => value));
    },
    get decodedParameters() {
      return (decoded ??= read(decodeSegment));
    },
  };
}

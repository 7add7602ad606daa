import type { HeaderList } from "../http/HeaderList";

/** Which headers a function is given. */
export interface HeaderSelection {
  readonly include: readonly string[];
  readonly skip: readonly string[];
}

/**
 * The headers that were selected and are there, by their names in lower case. What is to be skipped is left out even where it is
 * named elsewhere; where only that is named, all others are given; where nothing is, none.
 *
 * @param lists - The message as it is now, and as it was before: a header that was dropped on the way can still be given.
 */
export function selectHeaders(
  [now, before]: readonly [HeaderList, HeaderList?],
  { include, skip }: HeaderSelection,
): Readonly<Record<string, string>> | undefined {
  const out = new Set(skip.map((name) => name.toLowerCase()));
  const wanted =
    include.length > 0
      ? include.map((name) => name.toLowerCase())
      : out.size > 0
        ? now.names()
        : [];
  const found = wanted
    .filter((name) => !out.has(name))
    .map((name) => [name, now.get(name) ?? before?.get(name)] as const)
    .filter((pair): pair is [string, string] => pair[1] !== undefined);
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

import type { HeaderList } from "../../http/HeaderList";

/** Which headers a function receives. */
export interface HeaderSelection {
  readonly include: readonly string[];
  readonly skip: readonly string[];
}

/**
 * Returns the selected headers that the message has, by lower-case name. A skipped header is left out even if it is also
 * included. With only a skip list, all other headers are selected; with neither list, none are.
 *
 * @param lists - The message as it is now and as it arrived: a header that an earlier step dropped can still be selected.
 */
export function selectHeaders(
  [current, arrived]: readonly [HeaderList, HeaderList?],
  { include, skip }: HeaderSelection,
): Readonly<Record<string, string>> | undefined {
  const skipped = new Set(skip.map((name) => name.toLowerCase()));
  const selected =
    include.length > 0
      ? include.map((name) => name.toLowerCase())
      : skipped.size > 0
        ? current.names()
        : [];
  const found = selected
    .filter((name) => !skipped.has(name))
    .map((name) => [name, current.get(name) ?? arrived?.get(name)] as const)
    .filter((pair): pair is [string, string] => pair[1] !== undefined);
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

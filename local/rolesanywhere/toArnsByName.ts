/** Maps the names of resources to their ARNs. */
export function toArnsByName(
  kept: ReadonlyMap<string, { readonly name: string; readonly arn: string }>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...kept.values()].map(({ name, arn }) => [name, arn]),
  );
}

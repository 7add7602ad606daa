import type { Exchange } from "../../http/Exchange";
import {
  SidecarError,
  type SidecarErrorDefinition,
} from "../errors/SidecarError";
import type { EavLookup, ExtendedAttributes } from "../options/SidecarOptions";

/** Which EAVs a function receives, and the errors when they are missing or the lookup fails. */
export interface EavSelection {
  readonly require: readonly string[];
  readonly include: readonly string[];
  readonly lookUp: EavLookup | undefined;
  readonly missing: (name: string) => SidecarErrorDefinition;
  readonly lookupFailed: () => SidecarErrorDefinition;
}

/**
 * Looks up EAVs and returns, as strings, the selected ones that have a value.
 *
 * @throws {@link SidecarError} when a required EAV is missing or blank, or the lookup fails.
 */
export async function selectEavs(
  exchange: Exchange,
  { require, include, lookUp, missing, lookupFailed }: EavSelection,
): Promise<Readonly<Record<string, string>> | undefined> {
  const selected = new Set([...require, ...include]);
  if (selected.size === 0) return undefined;
  let eavs: ExtendedAttributes;
  try {
    eavs = (await lookUp?.(exchange)) ?? {};
  } catch (cause) {
    // The time of the point is up.
    if (cause instanceof SidecarError) throw cause;
    throw new SidecarError(lookupFailed(), { cause });
  }
  const getValue = (name: string): string =>
    Object.hasOwn(eavs, name) ? String(eavs[name] ?? "") : "";
  const missingName = require.find((name) => getValue(name).trim() === "");
  if (missingName !== undefined) throw new SidecarError(missing(missingName));
  const found = [...selected]
    .map((name) => [name, getValue(name)] as const)
    .filter(([, value]) => value !== "");
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

import type { Exchange } from "../http/Exchange";
import { SidecarError, type Row } from "./SidecarError";
import type { Attributes, SidecarOptions } from "./SidecarOptions";

/** Which attributes a function is given, and what is said where they are not to be had. */
export interface AttributeSelection {
  readonly require: readonly string[];
  readonly include: readonly string[];
  readonly lookUp: SidecarOptions["applicationAttributes"];
  readonly missing: (name: string) => Row;
  readonly unreadable: () => Row;
}

/**
 * The attributes that were selected and have a value, as text.
 *
 * @throws {@link SidecarError} where a required one is missing or blank, or they cannot be looked up.
 */
export async function selectAttributes(
  exchange: Exchange,
  { require, include, lookUp, missing, unreadable }: AttributeSelection,
): Promise<Readonly<Record<string, string>> | undefined> {
  const wanted = new Set([...require, ...include]);
  if (wanted.size === 0) return undefined;
  let all: Attributes;
  try {
    all = (await lookUp?.(exchange)) ?? {};
  } catch (cause) {
    // Its time has run out.
    if (cause instanceof SidecarError) throw cause;
    throw new SidecarError(unreadable(), { cause });
  }
  const valueOf = (name: string): string =>
    Object.hasOwn(all, name) ? String(all[name] ?? "") : "";
  const absent = require.find((name) => valueOf(name).trim() === "");
  if (absent !== undefined) throw new SidecarError(missing(absent));
  const found = [...wanted]
    .map((name) => [name, valueOf(name)] as const)
    .filter(([, value]) => value !== "");
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

import { shownKey } from "./keys";
import { isSetting, type Found, type Setting } from "./Setting";
import type { SidecarIssue } from "./SidecarIssue";

/** What the connector is called in a chain of processors. */
export const CONNECTOR_NAME =
  "com.mashery.proxy.customer.generic.sidecar-connector";

const CHAIN = "processors";

/**
 * Leaves of a chain of processors what is the connector's own, with the keys bare: in a chain, `processors` names who is in
 * it, and each line begins with the name of its processor. Lines that belong to the others are theirs to read.
 */
export function readChain(found: readonly Found[]): Found[] {
  const [chain, ...further] = found.filter(
    (each): each is Setting =>
      isSetting(each) && each.key.toLowerCase() === CHAIN,
  );
  const owners = chain ? ownersIn(chain) : [CONNECTOR_NAME];
  return found
    .map((each) => {
      if (!isSetting(each)) return each;
      if (each === chain) return unlessNamed(chain, owners);
      if (chain && further.includes(each))
        return refused(
          each,
          "twice",
          `${CHAIN} is given twice, first in ${chain.where}`,
        );
      return ownPart(each, { owners, isChain: chain !== undefined });
    })
    .filter((each) => each !== undefined);
}

function ownersIn({ value }: Setting): string[] {
  return String(value)
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

/** A chain without the connector would have no line of its own, and nobody would be told. */
function unlessNamed(
  chain: Setting,
  owners: readonly string[],
): SidecarIssue | undefined {
  return owners.some((name) => isConnector(name))
    ? undefined
    : refused(chain, "chain", `${CHAIN} does not name ${CONNECTOR_NAME}`);
}

/** The setting with its bare key where it is the connector's, nothing where it is another processor's. */
function ownPart(
  setting: Setting,
  chain: { readonly owners: readonly string[]; readonly isChain: boolean },
): Found | undefined {
  const { key } = setting;
  const lower = key.toLowerCase();
  // The longest, as the name of one processor may be the beginning of another's.
  const [owner] = [...chain.owners, CONNECTOR_NAME]
    .filter((name) => lower.startsWith(`${name.toLowerCase()}.`))
    .sort((a, b) => b.length - a.length);
  if (owner !== undefined)
    return isConnector(owner)
      ? { ...setting, key: key.slice(owner.length + 1).trim() }
      : undefined;
  // Lines with the name before them are taken without a chain as well: that is what is left of one when it is copied.
  if (!chain.isChain) return setting;
  return refused(
    setting,
    "chain",
    `${shownKey(key) ?? "this key"} does not begin with the name of a processor that ${CHAIN} names; the connector's own keys begin with ${CONNECTOR_NAME}.`,
  );
}

function isConnector(name: string): boolean {
  return name.toLowerCase() === CONNECTOR_NAME;
}

function refused(
  { where, key }: Setting,
  rule: string,
  says: string,
): SidecarIssue {
  return { path: shownKey(key) ?? "", rule, message: `${where}: ${says}` };
}

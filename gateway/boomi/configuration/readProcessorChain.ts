import {
  isEntry,
  type ConfigurationEntry,
  type EntryOrIssue,
} from "./ConfigurationEntry";
import { toPrintableKey } from "./configurationKeys";
import type { SidecarIssue } from "./SidecarIssue";

/** The connector's name in a processor chain. */
export const CONNECTOR_NAME =
  "com.mashery.proxy.customer.generic.sidecar-connector";

const CHAIN_KEY = "processors";

/**
 * Selects the connector's own entries of a processor chain and removes the connector's name from their keys. In a chain,
 * `processors` lists the processors, and each line starts with the name of its processor. Lines of other processors are ignored.
 */
export function readProcessorChain(
  entries: readonly EntryOrIssue[],
): EntryOrIssue[] {
  const [chain, ...duplicates] = entries.filter(
    (each): each is ConfigurationEntry =>
      isEntry(each) && each.key.toLowerCase() === CHAIN_KEY,
  );
  const processors = chain ? listProcessors(chain) : [CONNECTOR_NAME];
  return entries
    .map((each) => {
      if (!isEntry(each)) return each;
      if (each === chain) return checkChain(chain, processors);
      if (chain && duplicates.includes(each))
        return toIssue(
          each,
          "duplicate",
          `${CHAIN_KEY} is set twice, first in ${chain.location}`,
        );
      return selectOwn(each, { processors, isChain: chain !== undefined });
    })
    .filter((each) => each !== undefined);
}

function listProcessors({ value }: ConfigurationEntry): string[] {
  return String(value)
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

/** A chain without the connector is rejected: all lines would silently be ignored. */
function checkChain(
  chain: ConfigurationEntry,
  processors: readonly string[],
): SidecarIssue | undefined {
  return processors.some(isConnector)
    ? undefined
    : toIssue(chain, "chain", `${CHAIN_KEY} must contain ${CONNECTOR_NAME}`);
}

/** The entry with its bare key if it belongs to the connector; `undefined` if it belongs to another processor. */
function selectOwn(
  entry: ConfigurationEntry,
  chain: { readonly processors: readonly string[]; readonly isChain: boolean },
): EntryOrIssue | undefined {
  const { key } = entry;
  const lowerKey = key.toLowerCase();
  // The longest match wins, because one processor's name can be a prefix of another's.
  const [processor] = [...chain.processors, CONNECTOR_NAME]
    .filter((name) => lowerKey.startsWith(`${name.toLowerCase()}.`))
    .sort((a, b) => b.length - a.length);
  if (processor !== undefined)
    return isConnector(processor)
      ? { ...entry, key: key.slice(processor.length + 1).trim() }
      : undefined;
  // Without `processors`, keys may be bare, or have the connector's name if they were copied from a chain.
  if (!chain.isChain) return entry;
  return toIssue(
    entry,
    "chain",
    `${toPrintableKey(key) ?? "the key"} must start with the name of a processor in ${CHAIN_KEY}, for this connector ${CONNECTOR_NAME}.<key>`,
  );
}

function isConnector(name: string): boolean {
  return name.toLowerCase() === CONNECTOR_NAME;
}

function toIssue(
  { location, key }: ConfigurationEntry,
  rule: string,
  text: string,
): SidecarIssue {
  return {
    path: toPrintableKey(key) ?? "",
    rule,
    message: `${location}: ${text}`,
  };
}

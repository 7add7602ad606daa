import { readFileSync, statSync } from "node:fs";
import { cacheKey } from "./cacheKey";
import { expandHome } from "./sharedFiles";
import type { ResolveContext } from "./SettingSources";
import { toCertificates } from "../text/toCertificates";

/** The certificates of a file. Reading and hashing a system's bundle for every connection would take half a millisecond. */
interface Bundle {
  /** Identifies the file and its version. */
  readonly version: string;
  /** `undefined`: it has none. */
  readonly content: string | undefined;
}

let latest: Bundle | undefined;

/** Returns the CA certificates of the file that the environment or the profile names. */
export function resolveCertificates({
  sources,
  issues,
}: ResolveContext): string | undefined {
  const found = sources.find({
    variables: ["AWS_CA_BUNDLE"],
    key: "ca_bundle",
  });
  if (!found) return undefined;
  const { content, problem } = tryReadBundle(expandHome(found.value));
  if (problem !== undefined)
    issues.push({
      path: "ca",
      rule: "readable",
      message: `the file named by ${found.source} ${problem}; correct or remove the setting`,
    });
  return content;
}

/** Returns the certificates, or why there are none. */
function tryReadBundle(path: string): {
  readonly content?: string;
  readonly problem?: string;
} {
  try {
    const content = readBundle(path);
    return content === undefined
      ? { problem: "has no complete certificates in PEM or DER format" }
      : { content };
  } catch (error) {
    const { code = "unknown error" } = error as NodeJS.ErrnoException;
    return { problem: `could not be read (${code})` };
  }
}

function readBundle(path: string): string | undefined {
  const stats = statSync(path);
  if (!stats.isFile()) throw Object.assign(new Error(), { code: "not a file" });
  const { ino, size, mtimeMs, ctimeMs } = stats;
  const version = JSON.stringify([path, ino, size, mtimeMs, ctimeMs]);
  if (latest?.version !== version)
    latest = { version, content: toCertificates(readFileSync(path)) };
  return latest.content;
}

let hashed: { readonly ca: string; readonly key: string } | undefined;

/** Returns the part of cache keys that certificates determine. The last one is kept. */
export function certificatesKey(ca: string | undefined): string | undefined {
  if (ca === undefined) return undefined;
  if (hashed?.ca !== ca) hashed = { ca, key: cacheKey("certificates", ca) };
  return hashed.key;
}

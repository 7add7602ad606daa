import { readFileSync } from "node:fs";
import type * as Jks from "jks-js";
import type { Connection } from "../../../src";
import type { EvaluatedConfiguration } from "./evaluateConfiguration";

/** The trust options of a connection. */
export type TrustSettings = Pick<Connection, "ca" | "rejectUnauthorized">;

/** A trust store that cannot be used. The message is Gravitee's. */
export class TrustStoreError extends Error {
  override readonly name = "TrustStoreError";

  constructor(options: { cause: unknown }) {
    super("Failed to configure SSL truststore for AWS Lambda policy", options);
  }
}

/**
 * Reads the `ssl` options, in Gravitee's order of precedence: `trustAll`, PEM content, file. Returns no settings when none is set.
 *
 * @throws TrustStoreError.
 */
export function readTrustStore({
  strings,
  trustAll,
}: EvaluatedConfiguration): TrustSettings {
  if (trustAll) return { rejectUnauthorized: false };
  const type = strings["ssl.trustStoreType"]?.toUpperCase();
  const path = strings["ssl.trustStorePath"];
  const content = strings["ssl.trustStoreContent"];
  try {
    if (type === undefined) return {};
    if (type === "PEM" && content) return { ca: content };
    if (!path) return {};
    const file = readFileSync(path);
    return {
      ca:
        type === "PEM"
          ? file.toString()
          : readKeyStore(file, strings["ssl.trustStorePassword"] ?? ""),
    };
  } catch (cause) {
    throw new TrustStoreError({ cause });
  }
}

/** An optional peer dependency. */
let jks: Pick<typeof Jks, "toPem"> | undefined;

/** Loads what {@link readTrustStore} needs for a configuration, if it is installed. */
export async function loadTrustStoreReader({
  strings,
  trustAll,
}: Pick<EvaluatedConfiguration, "strings" | "trustAll">): Promise<void> {
  if (jks || trustAll || !isKeyStore(strings["ssl.trustStoreType"])) return;
  try {
    const { toPem } = await import("jks-js");
    jks = { toPem };
  } catch {
    // Not installed. Key stores are refused.
  }
}

function isKeyStore(type: string | undefined): boolean {
  return type !== undefined && type.toUpperCase() !== "PEM";
}

function missingJks(): never {
  throw new Error(
    "Java key stores require jks-js, which could not be loaded; run npm install jks-js",
  );
}

/** The certificates of a JKS or PKCS 12 file, as PEM. The library detects the format. */
function readKeyStore(file: Buffer, password: string): string {
  const { toPem } = jks ?? missingJks();
  const certificates = Object.values(toPem(file, password)).flatMap(
    ({ ca, cert }) => ca ?? cert ?? [],
  );
  if (certificates.length === 0)
    throw new Error("the key store contains no certificate");
  return certificates.join("\n");
}

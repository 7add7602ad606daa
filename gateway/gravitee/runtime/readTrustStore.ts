import { readFileSync } from "node:fs";
import type * as Jks from "jks-js";
import type { Connection } from "../../../src";
import type { EvaluatedConfiguration } from "./evaluateConfiguration";

/** What a connection is to trust, as the vendor's `ssl` says it; nothing where it says nothing. */
export type TrustSettings = Pick<Connection, "ca" | "rejectUnauthorized">;

/** A trust store that cannot be used, in the vendor's words. */
export class TrustStoreError extends Error {
  override readonly name = "TrustError";

  constructor(options: { cause: unknown }) {
    super("Failed to configure SSL truststore for AWS Lambda policy", options);
  }
}

/**
 * Reads whom a call is to trust: everybody; the certificates of a PEM text, before those of a file; those of a Java key store; or as
 * the connection says.
 *
 * @throws TrustError.
 */
export function readTrustStore({
  strings: texts,
  trustAll,
}: EvaluatedConfiguration): TrustSettings {
  if (trustAll) return { rejectUnauthorized: false };
  const type = texts["ssl.trustStoreType"]?.toUpperCase();
  const path = texts["ssl.trustStorePath"];
  const content = texts["ssl.trustStoreContent"];
  try {
    if (type === undefined) return {};
    if (type === "PEM" && content) return { ca: content };
    if (!path) return {};
    const file = readFileSync(path);
    return {
      ca:
        type === "PEM"
          ? file.toString()
          : certificatesOf(file, texts["ssl.trustStorePassword"] ?? ""),
    };
  } catch (cause) {
    throw new TrustStoreError({ cause });
  }
}

function loadJks(): typeof Jks {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an optional peer, loaded when a store is first read
    return require("jks-js") as typeof Jks;
  } catch (cause) {
    throw new Error(
      "a store of Java's needs the package jks-js, which is not there: npm install jks-js",
      { cause },
    );
  }
}

/** The certificates of a store of Java's, as PEM; PKCS 12 and Java's own format tell themselves apart. */
function certificatesOf(file: Buffer, password: string): string {
  const { toPem } = loadJks();
  const certificates = Object.values(toPem(file, password)).flatMap(
    ({ ca, cert }) => ca ?? cert ?? [],
  );
  if (certificates.length === 0) throw new Error("it holds no certificate");
  return certificates.join("\n");
}

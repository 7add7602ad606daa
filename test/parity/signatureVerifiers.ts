/** Two signature verifiers that share no code with the connector: that of the embedded AWS, and the AWS SDK's signer. */
import { createHash, createHmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import type { CredentialsLike } from "../../domain";
import {
  calculateSignature,
  parseAuthorization,
  deriveSigningKey,
  type Authorization,
} from "../../local/signature";
import type { WireRequest } from "../../src/engine/http/transport";

/** Parses the `Authorization` header of a request. */
export function readAuthorization(request: WireRequest): Authorization {
  const parsed = parseAuthorization(request.headers["authorization"] ?? "");
  if ("incomplete" in parsed) throw new Error(parsed.incomplete);
  return parsed;
}

/** Returns the signature that a server expects, calculated only from the received request and the secret. */
export function calculateServerSignature(
  request: WireRequest,
  secretAccessKey: string,
): string {
  const authorization = readAuthorization(request);
  const queryStart = request.path.indexOf("?");
  const pathEnd = queryStart < 0 ? request.path.length : queryStart;
  const headers = Object.entries(request.headers);
  return calculateSignature({
    request: {
      method: request.method,
      rawPath: request.path.slice(0, pathEnd),
      rawQuery: request.path.slice(pathEnd + 1),
      headers: new Map(
        headers.map(([name, value]) => [name.toLowerCase(), [value]]),
      ),
      body: Buffer.from(request.body ?? ""),
    },
    authorization,
    key: deriveSigningKey(secretAccessKey, authorization),
  });
}

/** Returns the `Authorization` header that the AWS SDK's signer creates for the headers that the request signs. */
export async function signWithSdk(
  request: WireRequest,
  parameters: {
    readonly region: string;
    readonly service: string;
    readonly credentials: CredentialsLike;
    readonly now: number;
  },
): Promise<string | undefined> {
  const { signedHeaders } = readAuthorization(request);
  const signer = new SignatureV4({
    ...parameters,
    credentials: parameters.credentials as never,
    sha256: Sha256,
    applyChecksum: false,
  });
  const { pathname, search } = splitPath(request.path);
  const headers = Object.fromEntries(
    signedHeaders.map((name) => [name, request.headers[name] ?? ""]),
  );
  const signed = await signer.sign(
    {
      method: request.method,
      protocol: request.protocol,
      hostname: request.hostname,
      path: pathname,
      query: Object.fromEntries(new URLSearchParams(search)),
      headers,
      body: request.body,
    },
    { signingDate: new Date(parameters.now) },
  );
  return signed.headers["authorization"];
}

function splitPath(path: string): { pathname: string; search: string } {
  const [pathname = "", search = ""] = path.split("?");
  return { pathname, search };
}

/** Node's SHA-256 with the interface that the SDK's signer requires. */
class Sha256 {
  readonly #hash;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash =
      secret === undefined
        ? createHash("sha256")
        : createHmac("sha256", secret as string);
  }

  update(chunk: string | Uint8Array): void {
    this.#hash.update(chunk);
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }

  reset(): void {
    throw new Error("not implemented");
  }
}

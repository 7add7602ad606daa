/** Two verifiers of signatures that share nothing with our signer: the local AWS's, and the AWS SDK's signer itself. */
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

/** The parts of an `Authorization` header. */
export function authorizationOf(request: WireRequest): Authorization {
  const parsed = parseAuthorization(request.headers["authorization"] ?? "");
  if ("incomplete" in parsed) throw new Error(parsed.incomplete);
  return parsed;
}

/** The signature that a server expects, from nothing but what came over the wire and the secret. */
export function expectedByServer(
  request: WireRequest,
  secretAccessKey: string,
): string {
  const authorization = authorizationOf(request);
  const question = request.path.indexOf("?");
  const end = question < 0 ? request.path.length : question;
  const lines = Object.entries(request.headers);
  return calculateSignature({
    request: {
      method: request.method,
      rawPath: request.path.slice(0, end),
      rawQuery: request.path.slice(end + 1),
      headers: new Map(
        lines.map(([name, value]) => [name.toLowerCase(), [value]]),
      ),
      body: Buffer.from(request.body ?? ""),
    },
    authorization,
    key: deriveSigningKey(secretAccessKey, authorization),
  });
}

/** The `Authorization` header that the AWS SDK's signer makes over the same headers as the request's own. */
export async function authorizationBySdk(
  request: WireRequest,
  place: {
    readonly region: string;
    readonly service: string;
    readonly credentials: CredentialsLike;
    readonly now: number;
  },
): Promise<string | undefined> {
  const { signedHeaders } = authorizationOf(request);
  const signer = new SignatureV4({
    ...place,
    credentials: place.credentials as never,
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
    { signingDate: new Date(place.now) },
  );
  return signed.headers["authorization"];
}

function splitPath(path: string): { pathname: string; search: string } {
  const [pathname = "", search = ""] = path.split("?");
  return { pathname, search };
}

/** Node's SHA-256 as the SDK's signer wants it. */
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
    throw new Error("not needed");
  }
}

import { request, type IncomingHttpHeaders } from "node:http";
import type { LocalAws } from "../../dist/local";
import {
  calculateSignature,
  deriveSigningKey,
} from "../../dist/local/signature";

interface Message {
  method: string;
  path: string;
  service: "lambda" | "sts" | "ssm";
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

export interface WireAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Signs a request without the SDK and returns the raw response. */
export function send(
  local: LocalAws,
  message: Message,
  changes: { date?: string; authorization?: string } = {},
): Promise<WireAnswer> {
  const { method, path, service } = message;
  const body = Buffer.from(message.body ?? "");
  const now = new Date().toISOString().replace(/\.\d+|[-:]/g, "");
  const headers: Record<string, string> = {
    host: new URL(local.endpoint).host,
    "x-amz-date": changes.date ?? now,
    ...message.headers,
  };
  const signedHeaders = Object.keys(headers).sort();
  const date = (headers["x-amz-date"] ?? "").slice(0, 8);
  const { accessKeyId, secretAccessKey } = local.credentials;
  const scope = { date, region: local.region, service };
  const [rawPath = "", rawQuery = ""] = path.split("?");
  const signature = calculateSignature({
    request: {
      method,
      rawPath,
      rawQuery,
      headers: new Map(
        Object.entries(headers).map(([name, value]) => [name, [value]]),
      ),
      body,
    },
    authorization: {
      ...scope,
      accessKeyId,
      signedHeaders,
      terminator: "aws4_request",
      signature: "",
    },
    key: deriveSigningKey(secretAccessKey, scope),
  });
  const authorization =
    changes.authorization ??
    `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${date}/${local.region}/${service}/aws4_request, SignedHeaders=${signedHeaders.join(";")}, Signature=${signature}`;
  return exchange(local, {
    method,
    path,
    body,
    headers: { ...headers, ...(authorization !== "" && { authorization }) },
  });
}

function exchange(
  local: LocalAws,
  message: {
    method: string;
    path: string;
    body: Buffer;
    headers: Record<string, string>;
  },
): Promise<WireAnswer> {
  const { body, ...options } = message;
  return new Promise((resolve, reject) => {
    const sent = request(local.endpoint, { ...options, agent: false });
    sent.once("error", reject);
    sent.once("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.once("error", reject);
      response.once("end", () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString("utf8"),
        });
      });
    });
    sent.end(body);
  });
}

import {
  WireError,
  type SendOptions,
  type Transport,
  type WireRequest,
  type WireResponse,
} from "../src/engine/http/transport";

/** A request in the form that tests compare. */
export interface Sent {
  readonly to: string;
  readonly request: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A queued response, a failed connection, or no response at all. */
export type Reply =
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | Uint8Array;
    }
  | { readonly fails: string; readonly sent: boolean }
  | { readonly silent: true };

/** A transport that records requests and returns queued responses. */
export class FakeAws implements Transport {
  readonly sent: Sent[] = [];
  /** The requests in full, with their signatures. */
  readonly requests: WireRequest[] = [];
  readonly #replies: Reply[] = [];

  /** Queues responses. The last one is repeated. */
  respondWith(...replies: Reply[]): this {
    this.#replies.push(...replies);
    return this;
  }

  async send(
    request: WireRequest,
    { signal, onSent }: SendOptions,
  ): Promise<WireResponse> {
    if (signal.aborted) throw new WireError("ABORTED");
    this.sent.push(toSent(request));
    this.requests.push(request);
    const reply = (this.#replies.length > 1
      ? this.#replies.shift()
      : this.#replies[0]) ?? { body: "{}" };
    if ("fails" in reply) {
      if (reply.sent) onSent?.();
      throw new WireError(reply.fails);
    }
    onSent?.();
    if ("silent" in reply)
      return new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => {
          reject(new WireError("ABORTED"));
        });
      });
    const { status = 200, headers = {}, body = "" } = reply;
    return Promise.resolve({
      statusCode: status,
      headers: { "x-amzn-requestid": "request-1", ...headers },
      body: Buffer.from(body),
    });
  }
}

/** An error response of Lambda. */
export function lambdaError(
  status: number,
  code: string,
  message: string,
): Reply {
  return {
    status,
    headers: { "x-amzn-errortype": code },
    body: JSON.stringify({ Type: "User", Message: message }),
  };
}

/** Headers with request parameters. The others belong to the signature and the SDK. */
const PARAMETER_HEADERS = /^x-amz-(invocation|log|client|tenant|durable)/;

function toSent(request: WireRequest): Sent {
  const { hostname, method, path, headers, body } = request;
  const parameters = Object.fromEntries(
    Object.entries(headers).filter(([name]) => PARAMETER_HEADERS.test(name)),
  );
  const target = headers["x-amz-target"];
  const text = typeof body === "string" ? body : toText(body);
  return {
    to: hostname,
    request: target ?? `${method} ${path}`,
    ...(Object.keys(parameters).length > 0 && { headers: parameters }),
    ...(text !== "" && { body: readBody(text) }),
  };
}

/** Decodes the bytes. The SDK's own `Uint8Array` subclass logs a warning when it is converted to a string. */
function toText(body: Uint8Array = new Uint8Array()): string {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString();
}

function readBody(text: string): unknown {
  if (text.startsWith("Action="))
    return Object.fromEntries(new URLSearchParams(text));
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

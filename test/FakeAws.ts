import {
  WireError,
  type SendOptions,
  type Transport,
  type WireRequest,
  type WireResponse,
} from "../src/engine/http/transport";

/** A request, as a reader of the wire would put it down. */
export interface Sent {
  readonly to: string;
  readonly request: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What AWS answers next: a response, or the way in which none comes. */
export type Reply =
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | Uint8Array;
    }
  | { readonly fails: string; readonly sent: boolean }
  | { readonly silent: true };

/** Stands in for AWS at the wire: answers what it was told to answer, and puts down what was sent. */
export class FakeAws implements Transport {
  readonly sent: Sent[] = [];
  /** The same, byte for byte, with the signature. */
  readonly requests: WireRequest[] = [];
  readonly #replies: Reply[] = [];

  /** Queues answers; the last one is repeated. */
  answers(...replies: Reply[]): this {
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

/** An error of Lambda's, as AWS writes it. */
export function refusal(status: number, code: string, message: string): Reply {
  return {
    status,
    headers: { "x-amzn-errortype": code },
    body: JSON.stringify({ Type: "User", Message: message }),
  };
}

/** Headers that say what is asked; the others are the signature's and the SDK's own. */
const TELLING = /^x-amz-(invocation|log|client|tenant|durable)/;

function toSent(request: WireRequest): Sent {
  const { hostname, method, path, headers, body } = request;
  const telling = Object.fromEntries(
    Object.entries(headers).filter(([name]) => TELLING.test(name)),
  );
  const target = headers["x-amz-target"];
  const text = typeof body === "string" ? body : toText(body);
  return {
    to: hostname,
    request: target ?? `${method} ${path}`,
    ...(Object.keys(telling).length > 0 && { headers: telling }),
    ...(text !== "" && { body: readBody(text) }),
  };
}

/** By its bytes: the SDK's own kind of `Uint8Array` warns when it is taken for a text. */
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

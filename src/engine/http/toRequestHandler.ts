import type { CredentialsLike } from "../../../domain";
import { percentEncode } from "./percentEncode";
import { renewSignature } from "./renewSignature";
import { signedWhenSent } from "./signedWhenSent";
import { isHtmlPage, HtmlPageError } from "./awsError";
import { checkSdkBody } from "./checkSdkBody";
import { checkBodySize, MAX_BODY_BYTES } from "./responseLimits";
import type { Transport, WireRequest, WireResponse } from "./transport";

/** An HTTP request as the AWS SDK passes it to its request handler. */
interface SdkRequest extends Omit<WireRequest, "path" | "protocol"> {
  readonly protocol: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
}

/** Options of one attempt: the options passed to the client's `send`, including the two callbacks of this package. */
export interface HandlerOptions {
  readonly abortSignal?: unknown;
  /** Credentials that signed the request: if it has to wait for a socket, it is signed again. */
  readonly credentials?: CredentialsLike;
  /** Called when the request may have begun to reach the server. */
  readonly onSent?: () => void;
  /** Called when a response has been received, whatever its status. The SDK reads what it returns. */
  readonly onResponse?: (response: WireResponse) => WireResponse;
}

/** The part of the AWS SDK's `HttpHandler` that its clients use. */
export interface RequestHandler {
  readonly metadata: { readonly handlerProtocol: string };
  handle(
    request: SdkRequest,
    options?: HandlerOptions,
  ): Promise<{ response: WireResponse }>;
  destroy(): void;
  httpHandlerConfigs(): Record<string, never>;
  updateHttpClientConfig(): void;
}

const NEVER_ABORTED = new AbortController().signal;

/**
 * Creates a request handler for AWS SDK clients, so that all of them share the sockets and settings of one transport. `now`
 * returns the time in ms; defaults to the machine's clock.
 */
export function toRequestHandler(
  transport: Transport,
  now: () => number = Date.now,
): RequestHandler {
  return {
    metadata: { handlerProtocol: "http/1.1" },
    async handle(request, options = {}) {
      const received = await transport.send(
        toWireRequest(request, options.credentials, now),
        {
          // The SDK can omit it; calls of this package always set it.
          signal: (options.abortSignal ?? NEVER_ABORTED) as AbortSignal,
          onSent: options.onSent,
          maxBodyBytes: MAX_BODY_BYTES,
        },
      );
      checkBodySize(received, MAX_BODY_BYTES);
      const response = options.onResponse?.(received) ?? received;
      if (isHtmlPage(response)) throw new HtmlPageError(response.statusCode);
      checkSdkBody(response);
      return { response };
    },
    // The pool closes the sockets; it outlives its clients.
    destroy: () => undefined,
    httpHandlerConfigs: () => ({}),
    updateHttpClientConfig: () => undefined,
  };
}

function toWireRequest(
  request: SdkRequest,
  credentials: CredentialsLike | undefined,
  now: () => number,
): WireRequest {
  const { hostname, port, method, headers, body } = request;
  const protocol = request.protocol === "http:" ? "http:" : "https:";
  const path = withQuery(request);
  const target = { method, protocol, hostname, port, path, body } as const;
  if (!credentials) return { ...target, headers };
  const signedAt = now();
  return signedWhenSent(target, () =>
    renewSignature(
      { ...target, headers },
      { credentials, ageMs: now() - signedAt },
    ),
  );
}

function withQuery({ path, query = {} }: SdkRequest): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value]
      .flat()
      .map((item) =>
        item === null
          ? percentEncode(name)
          : `${percentEncode(name)}=${percentEncode(item)}`,
      ),
  );
  return pairs.length === 0 ? path : `${path}?${pairs.join("&")}`;
}

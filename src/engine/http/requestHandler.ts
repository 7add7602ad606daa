import { encode } from "./encode";
import { isHtmlPage, NotAwsError } from "./awsError";
import type { Transport, WireRequest, WireResponse } from "./transport";

/** What the AWS SDK hands over for one attempt. */
interface SdkRequest extends Omit<WireRequest, "path" | "protocol"> {
  readonly protocol: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
}

/** What goes with one attempt: the options that were given to the client's `send`, ours among them. */
export interface AttemptOptions {
  readonly abortSignal?: unknown;
  /** The attempt may have begun to reach the other side. */
  readonly onSent?: () => void;
  /** The attempt was answered, in whichever way. */
  readonly onResponse?: (response: WireResponse) => void;
}

/** The AWS SDK's idea of a request handler, as far as its clients use one. */
export interface RequestHandler {
  readonly metadata: { readonly handlerProtocol: string };
  handle(
    request: SdkRequest,
    options?: AttemptOptions,
  ): Promise<{ response: WireResponse }>;
  destroy(): void;
  httpHandlerConfigs(): Record<string, never>;
  updateHttpClientConfig(): void;
}

const NEVER = new AbortController().signal;

/** Puts a transport under an AWS SDK client, so that all services share its sockets, proxy, certificates and limits. */
export function toRequestHandler(transport: Transport): RequestHandler {
  return {
    metadata: { handlerProtocol: "http/1.1" },
    async handle(request, options = {}) {
      const { hostname, port, method, headers, body } = request;
      const response = await transport.send(
        {
          method,
          protocol: request.protocol === "http:" ? "http:" : "https:",
          hostname,
          port,
          path: withQuery(request),
          headers,
          body,
        },
        {
          // The SDK may leave it out; our own calls never do.
          signal: (options.abortSignal ?? NEVER) as AbortSignal,
          onSent: options.onSent,
        },
      );
      options.onResponse?.(response);
      if (isHtmlPage(response)) throw new NotAwsError(response.statusCode);
      return { response };
    },
    // The sockets belong to the pool, which outlives its clients.
    destroy: () => undefined,
    httpHandlerConfigs: () => ({}),
    updateHttpClientConfig: () => undefined,
  };
}

function withQuery({ path, query = {} }: SdkRequest): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value]
      .flat()
      .map((each) =>
        each === null ? encode(name) : `${encode(name)}=${encode(each)}`,
      ),
  );
  return pairs.length === 0 ? path : `${path}?${pairs.join("&")}`;
}

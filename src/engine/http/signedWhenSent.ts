import type { WireRequest } from "./transport";

type Headers = Readonly<Record<string, string>>;

/** A request before it is signed. */
type Target = Omit<WireRequest, "headers">;

/**
 * A request that is signed when its headers are read for the first time. A request can wait for a socket as long as other
 * functions run, and AWS rejects signatures that are older than five minutes.
 */
class SignedWhenSent implements WireRequest {
  readonly method: string;
  readonly protocol: WireRequest["protocol"];
  readonly hostname: string;
  readonly port: number | undefined;
  readonly path: string;
  readonly body: WireRequest["body"];
  readonly #sign: () => Headers;
  #headers: Headers | undefined;

  constructor(target: Target, sign: () => Headers) {
    this.method = target.method;
    this.protocol = target.protocol;
    this.hostname = target.hostname;
    this.port = target.port;
    this.path = target.path;
    this.body = target.body;
    this.#sign = sign;
  }

  get headers(): Headers {
    return (this.#headers ??= this.#sign());
  }
}

/** Returns a request that is signed when the transport reads its headers for the first time. */
export function signedWhenSent(
  target: Target,
  sign: () => Headers,
): WireRequest {
  return new SignedWhenSent(target, sign);
}

/**
 * Returns a request as a plain object, for a transport of the test hooks, which can copy it with all its properties. The
 * default transport does not need that, and a getter of a plain object costs 6 % of the CPU time of an invocation.
 */
export function toPlainRequest(request: WireRequest): WireRequest {
  if (!(request instanceof SignedWhenSent)) return request;
  const { method, protocol, hostname, port, path, body } = request;
  return {
    method,
    protocol,
    hostname,
    port,
    path,
    body,
    get headers() {
      return request.headers;
    },
  };
}

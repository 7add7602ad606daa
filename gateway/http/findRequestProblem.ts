import type { HeaderList } from "./HeaderList";
import { RequestError } from "./RequestError";

/** What a `Host` header may contain: one host and port, or nothing. */
const HOST = /^(?:\[[\da-f:.]+\]|[\w.~!$&'()*+;=%-]*)(?::\d*)?$/i;

/** A method as it can be sent on. Methods are case-sensitive, but Node's and Fetch's clients send `get` as `GET`. */
const METHOD = /^[!#$%&'*+.^_`|~0-9A-Z-]{1,64}$/;

/** What is checked of a request. */
export interface RequestHead {
  readonly method: string;

  /** All headers, before any is removed. */
  readonly headers: HeaderList;

  /** As received. Defaults to `1.1`. */
  readonly httpVersion?: string;
}

/**
 * Why a request is refused: its headers leave open which host it is for, or where its body ends, or a step could read its method as
 * another one than the origin. Servers behind the gateway, or the next request on the connection, could be chosen by the client.
 */
export function findRequestProblem({
  method,
  headers,
  httpVersion = "1.1",
}: RequestHead): RequestError | undefined {
  if (!METHOD.test(method))
    return badRequest(
      "the method of the request is not in upper case, or invalid",
    );
  const hosts = headers.getAll("host");
  if (hosts.length > 1 || !HOST.test(hosts[0] ?? ""))
    return badRequest("the request has more than one host, or an invalid one");
  const lengths = headers.getAll("content-length");
  const codings = headers.getAll("transfer-encoding");
  if (lengths.length > 1 || !/^\d*$/.test(lengths[0] ?? ""))
    return badRequest("the request has more than one Content-Length");
  const [coding] = codings;
  if (coding === undefined) return undefined;
  if (codings.length > 1 || !isChunked(coding))
    return new RequestError(
      "the request has a Transfer-Encoding other than chunked",
      { status: 501 },
    );
  return lengths.length > 0 || httpVersion === "1.0"
    ? badRequest("the request has a Transfer-Encoding that it must not have")
    : undefined;
}

/** Whether a message is only chunked, and not compressed as well. */
export const isChunked = (transferEncoding: string): boolean =>
  transferEncoding.trim().toLowerCase() === "chunked";

const badRequest = (message: string): RequestError =>
  new RequestError(message, { status: 400 });

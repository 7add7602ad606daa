import type { HeaderList } from "./HeaderList";
import { RequestError } from "./RequestError";

/** What a `Host` header may contain: one host and port, or nothing. */
const HOST = /^(?:\[[\da-f:.]+\]|[\w.~!$&'()*+;=%-]*)(?::\d*)?$/i;

/**
 * Why a request is refused: its headers leave open which host it is for, or where its body ends. Servers behind the gateway, or the
 * next request on the connection, could be chosen by the client.
 *
 * @param headers - All headers, before any is removed.
 * @param httpVersion - As received. Defaults to `1.1`.
 */
export function findRequestProblem(
  headers: HeaderList,
  httpVersion = "1.1",
): RequestError | undefined {
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

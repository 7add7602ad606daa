import { Readable } from "node:stream";
import {
  createAmbiguityError,
  type RequestError,
} from "../../http/RequestError";
import { BodyReadError } from "../../http/BodyReadError";
import { Body } from "../../http/Body";
import type { BodyOptions } from "../../http/body/BodyOptions";
import { drain } from "../../http/Discard";
import type { Exchange } from "../../http/Exchange";
import { findRequestProblem } from "../../http/findRequestProblem";
import {
  acceptsTrailers,
  announcedLengthOf,
  removeHopByHopHeaders,
} from "../../http/framing";
import { GatewayRequest } from "../../http/GatewayRequest";
import { HeaderList } from "../../http/HeaderList";
import type { Location } from "../../http/MountPath";
import { isEmptyStream } from "../../http/readUpTo";

/** A Fetch request for a route, and why it is refused, if it is. */
export interface FetchArrival {
  readonly request: GatewayRequest;
  readonly problem: RequestError | undefined;
}

/** Converts a Fetch request. */
export function fromRequest(
  native: Request,
  {
    location,
    remoteAddress,
  }: {
    readonly location: Location;
    readonly remoteAddress: string | undefined;
  },
): FetchArrival {
  const { protocol, host, pathname, search } = new URL(native.url);
  const all = new HeaderList([...native.headers].flat());
  const headers = removeHopByHopHeaders(all);
  const { body, bodyUsed, method } = native;
  const isInside = location.kind === "inside";
  const request = new GatewayRequest({
    mountPath: isInside ? location.mountPath : "",
    url: isInside ? location.url : `${pathname}${search}`,
    remoteAddress,
    method,
    // A GET request of Fetch has no body, so it must not announce one.
    headers: body ? headers : headers.without(["content-length"]),
    body: bodyUsed
      ? new Body(undefined, {
          readError: new BodyReadError(
            "the body of the request was read before it reached the gateway; call the gateway before you read the body",
          ),
          length: announcedLengthOf(headers),
        })
      : bodyOf(body, headers, { discardStream: drain }),
    scheme: protocol.slice(0, -1),
    acceptsTrailers: acceptsTrailers(all),
    host: headers.get("host") ?? host,
  });
  const problem = isInside
    ? findRequestProblem({ method, headers: all })
    : createAmbiguityError();
  return { request, problem };
}

export function bodyOf(
  stream: Request["body"],
  headers: HeaderList,
  options: Pick<BodyOptions, "discardStream" | "discardUnopened">,
): Body {
  if (!stream) return new Body();
  return new Body(() => Readable.fromWeb(stream), {
    length: announcedLengthOf(headers),
    ...options,
  });
}

/** Removes a body without a declared length if it turns out to be empty, which only reading it shows. */
export async function removeEmptyBody(exchange: Exchange): Promise<void> {
  const { headers } = exchange.native as Request;
  const isDeclared = ["content-length", "transfer-encoding"].some((name) =>
    headers.has(name),
  );
  const { request } = exchange;
  if (isDeclared || !(request.body.source instanceof Readable)) return;
  if (await isEmptyStream(request.body.source))
    exchange.request = request.with({ body: new Body() });
}

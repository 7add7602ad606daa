import type { IncomingMessage } from "node:http";
import type { Exchange } from "../../http/Exchange";
import type { GatewayResponse } from "../../http/GatewayResponse";
import { beanOf, type BeanProperties } from "../expression/values/Bean";
import { MultiMap } from "../expression/values/MultiMap";
import type { HostVariables } from "../configuration/HostVariables";
import type { BodyContent } from "./BodyContent";

/** The request of an exchange, with what else is known of it. */
export interface EvaluableRequest {
  readonly exchange: Exchange;
  readonly host: HostVariables;
  /** Its body. Absent: no expression reads it. */
  readonly content: BodyContent | undefined;
}

/** The response, likewise. */
export interface EvaluableResponse {
  readonly response: GatewayResponse;
  readonly content: BodyContent | undefined;
}

const OF_REQUEST: BeanProperties<EvaluableRequest> = {
  id: ({ exchange }) => exchange.id,
  transactionId: ({ exchange }) => exchange.id,
  uri: ({ exchange: { request } }) => request.mountPath + request.url,
  path: ({ exchange: { request } }) => request.mountPath + request.path,
  paths: ({ exchange: { request } }) =>
    (request.mountPath + request.path).split("/"),
  pathInfo: ({ exchange }) => exchange.request.path,
  pathInfos: ({ exchange }) => exchange.request.path.split("/"),
  contextPath: ({ exchange }) => `${exchange.request.mountPath}/`,
  params: ({ exchange }) =>
    new MultiMap([...new URLSearchParams(exchange.request.query)].flat()),
  pathParams: ({ host }) => new MultiMap(linesOf(host.pathParams)),
  headers: ({ exchange }) => headersOf(exchange.request),
  method: ({ exchange }) => exchange.request.method,
  scheme: ({ exchange }) => exchange.request.scheme,
  host: ({ exchange }) => exchange.request.host,
  version: ({ exchange }) => {
    const version = nativeOf(exchange).httpVersion;
    return version && `HTTP_${version.replace(".", "_")}`;
  },
  timestamp: ({ exchange }) => exchange.began,
  remoteAddress: ({ exchange }) => exchange.request.remoteAddress,
  localAddress: ({ exchange }) => nativeOf(exchange).socket?.localAddress,
  content: ({ content }) => content?.text,
  jsonContent: ({ content }) => content?.json,
  xmlContent: ({ content }) => content?.xml,
  ssl: ({ host }) => host.ssl,
};

/** `#request`, by the vendor's names. */
export const toRequestBean = beanOf("request", OF_REQUEST);

/** The names of its properties. */
export const REQUEST = Object.keys(OF_REQUEST);

const OF_RESPONSE: BeanProperties<EvaluableResponse> = {
  status: ({ response }) => response.status,
  headers: ({ response }) => headersOf(response),
  content: ({ content }) => content?.text,
  jsonContent: ({ content }) => content?.json,
  xmlContent: ({ content }) => content?.xml,
};

/** `#response`. */
export const toResponseBean = beanOf("response", OF_RESPONSE);

/** The names of its properties. */
export const RESPONSE = Object.keys(OF_RESPONSE);

const headersOf = ({ headers }: Pick<GatewayResponse, "headers">): MultiMap =>
  new MultiMap(headers.lines, { names: "any-case" });

/** What a server of Node's tells of a request; Fastify keeps it in `raw`, Fetch does not tell. */
function nativeOf({ native }: Exchange): Partial<IncomingMessage> {
  const { raw } = native as { raw?: Partial<IncomingMessage> };
  return raw ?? (native as Partial<IncomingMessage>);
}

const linesOf = (params: HostVariables["pathParams"] = {}): string[] =>
  Object.entries(params).flatMap(([name, values]) =>
    [values].flat().flatMap((value) => [name, value]),
  );

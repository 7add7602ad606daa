import type { IncomingMessage } from "node:http";
import type { Exchange } from "../../http/Exchange";
import type { HostVariables } from "../configuration/HostVariables";
import { beanOf, type BeanProperties } from "../expression/values/Bean";
import { MultiMap } from "../expression/values/MultiMap";
import type { Meter } from "../expression/metering/Meter";
import type { BodyContent } from "./BodyContent";
import { toHeaderMap } from "./toHeaderMap";

/** What `#request` is made of. */
export interface EvaluableRequest {
  readonly exchange: Exchange;
  readonly host: HostVariables;
  /** Undefined when no expression reads the body. */
  readonly content: BodyContent | undefined;
  /** Measures the parsing of the body. */
  readonly meter: Meter;
}

const PROPERTIES: BeanProperties<EvaluableRequest> = {
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
  pathParams: ({ host }) => new MultiMap(toNamesAndValues(host.pathParams)),
  headers: ({ exchange }) => toHeaderMap(exchange.request),
  method: ({ exchange }) => exchange.request.method,
  scheme: ({ exchange }) => exchange.request.scheme,
  host: ({ exchange }) => exchange.request.host,
  version: ({ exchange }) => {
    const version = getNodeRequest(exchange).httpVersion;
    return version && `HTTP_${version.replace(".", "_")}`;
  },
  timestamp: ({ exchange }) => exchange.startedAt,
  remoteAddress: ({ exchange }) => exchange.request.remoteAddress,
  localAddress: ({ exchange }) => getNodeRequest(exchange).socket?.localAddress,
  content: ({ content }) => content?.text,
  jsonContent: ({ content, meter }) => content?.readJson(meter),
  xmlContent: ({ content, meter }) => content?.readXml(meter),
  ssl: ({ host }) => host.ssl,
};

/** `#request`, with Gravitee's property names. */
export const toRequestBean = beanOf("request", PROPERTIES);

/** Names of the properties of `#request`. */
export const REQUEST_PROPERTIES = Object.keys(PROPERTIES);

/** The request of the Node.js server. Fastify has it in `raw`; a Fetch request has none of its properties. */
function getNodeRequest({ native }: Exchange): Partial<IncomingMessage> {
  const { raw } = native as { raw?: Partial<IncomingMessage> };
  return raw ?? (native as Partial<IncomingMessage>);
}

const toNamesAndValues = (params: HostVariables["pathParams"] = {}): string[] =>
  Object.entries(params).flatMap(([name, values]) =>
    [values].flat().flatMap((value) => [name, value]),
  );

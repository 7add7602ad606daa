import type { GatewayResponse } from "../../http/GatewayResponse";
import { beanOf, type BeanProperties } from "../expression/values/Bean";
import type { Meter } from "../expression/metering/Meter";
import type { BodyContent } from "./BodyContent";
import { toHeaderMap } from "./toHeaderMap";

/** What `#response` is made of. */
export interface EvaluableResponse {
  readonly response: GatewayResponse;
  /** Undefined when no expression reads the body. */
  readonly content: BodyContent | undefined;
  /** Measures the parsing of the body. */
  readonly meter: Meter;
}

const PROPERTIES: BeanProperties<EvaluableResponse> = {
  status: ({ response }) => response.status,
  headers: ({ response }) => toHeaderMap(response),
  content: ({ content }) => content?.text,
  jsonContent: ({ content, meter }) => content?.readJson(meter),
  xmlContent: ({ content, meter }) => content?.readXml(meter),
};

/** `#response`, with Gravitee's property names. */
export const toResponseBean = beanOf("response", PROPERTIES);

/** Names of the properties of `#response`. */
export const RESPONSE_PROPERTIES = Object.keys(PROPERTIES);

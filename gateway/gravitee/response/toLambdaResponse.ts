import type { InvokeFunctionResponse } from "../../../src";
import { beanOf, type BeanProperties } from "../expression/values/Bean";

const PROPERTIES: BeanProperties<InvokeFunctionResponse> = {
  status: ({ statusCode }) => statusCode,
  content: ({ payloadText }) => payloadText,
  functionError: ({ functionError }) => functionError,
  log: ({ log }) => log,
  executedVersion: ({ executedVersion }) => executedVersion,
  requestId: ({ requestId }) => requestId,
};

/**
 * `#lambdaResponse`. Gravitee has `status` and `content` only. Without a payload, `content` is an empty string; Gravitee's policy fails
 * then.
 */
export const toLambdaResponse = beanOf("lambdaResponse", PROPERTIES);

/** Names of the properties of `#lambdaResponse`. */
export const LAMBDA_RESPONSE_PROPERTIES = Object.keys(PROPERTIES);

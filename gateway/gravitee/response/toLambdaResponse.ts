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
 * A function's answer as expressions see it: the vendor's two properties, and what the vendor leaves out.
 * The payload is text; an answer without one has an empty text, where the vendor's policy fails.
 */
export const toLambdaResponse = beanOf("lambdaResponse", PROPERTIES);

/** The names of its properties. */
export const LAMBDA_RESPONSE_PROPERTIES = Object.keys(PROPERTIES);

import type { InvokeFunctionResponse } from "../../src";
import { beanOf } from "../expression/values/Bean";

/**
 * A function's answer as expressions see it: the vendor's two properties, and what the vendor leaves out.
 * The payload is text; an answer without one has an empty text, where the vendor's policy fails.
 */
export const toLambdaResponse = beanOf<InvokeFunctionResponse>(
  "lambdaResponse",
  {
    status: ({ statusCode }) => statusCode,
    content: ({ payloadText }) => payloadText,
    functionError: ({ functionError }) => functionError,
    log: ({ log }) => log,
    executedVersion: ({ executedVersion }) => executedVersion,
    requestId: ({ requestId }) => requestId,
  },
);

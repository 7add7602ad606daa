import type { Call } from "../Call";
import type { HttpAnswer } from "../http/HttpAnswer";
import { xml } from "../http/xml";

/** Says who signed the request. Everyone may ask. */
export function getCallerIdentity({ caller, requestId }: Call): HttpAnswer {
  return {
    status: 200,
    headers: { "Content-Type": "text/xml" },
    body: xml("GetCallerIdentityResponse", {
      GetCallerIdentityResult: {
        Arn: caller.arn,
        UserId: caller.userId,
        Account: caller.accountId,
      },
      ResponseMetadata: { RequestId: requestId },
    }),
  };
}

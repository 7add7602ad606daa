import type { Call } from "../state/ApiCall";
import type { HttpAnswer } from "../http/HttpResponse";
import { xml } from "../protocol/encodeXml";

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

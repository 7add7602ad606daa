import type { ApiCall } from "../state/ApiCall";
import type { HttpResponse } from "../http/HttpResponse";
import { encodeXml } from "../protocol/encodeXml";

/** Says who signed the request. Everyone may ask. */
export function getCallerIdentity({
  caller,
  requestId,
}: ApiCall): HttpResponse {
  return {
    status: 200,
    headers: { "Content-Type": "text/xml" },
    body: encodeXml("GetCallerIdentityResponse", {
      GetCallerIdentityResult: {
        Arn: caller.arn,
        UserId: caller.userId,
        Account: caller.accountId,
      },
      ResponseMetadata: { RequestId: requestId },
    }),
  };
}

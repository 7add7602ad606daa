import type { ApiCall } from "../state/ApiCall";
import type { HttpResponse } from "../http/HttpResponse";
import { encodeXml } from "../protocol/encodeXml";

/** Returns the identity of the caller. Needs no permission. */
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

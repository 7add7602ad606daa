import type { ValidCredentials } from "../settings/ValidCredentials";
import type { Attempt } from "../call/Attempt";
import type { Call } from "../call/Call";
import { isNonEmptyString } from "../text/isNonEmptyString";
import { sendRequestWith } from "../call/request";
import { NO_CREDENTIALS } from "../call/RequestTarget";
import { addAttemptHeaders } from "../call/signRequest";
import { parseSecretJsonBody, toAwsError } from "../http/awsError";
import { checkBodySize } from "../http/responseLimits";
import { checkSuccess } from "../http/responseStatus";
import { signedWhenSent } from "../http/signedWhenSent";
import type { WireRequest, WireResponse } from "../http/transport";
import type { CertificateIdentity } from "./CertificateIdentity";
import type { CreateSessionParameters } from "./CreateSessionParameters";
import { signX509 } from "./signX509";

/** Returns the region in an ARN. */
export function regionOf(arn: string): string {
  return arn.split(":")[3] ?? "";
}

/** Requests credentials from IAM Roles Anywhere, with retries: an additional session has no side effects. */
export function createSession(
  parameters: CreateSessionParameters,
  identity: CertificateIdentity,
  call: Call,
): Promise<ValidCredentials> {
  const body = Buffer.from(toBody(parameters));
  return sendRequestWith(
    call,
    {
      serviceRequest: {
        service: "rolesAnywhere",
        action: "CreateSession",
        input: {},
      },
      target: {
        // A trust anchor exists only in its own region.
        region: regionOf(parameters.trustAnchorArn),
        // The private key signs the request.
        credentials: NO_CREDENTIALS,
      },
    },
    async (attempt) => {
      const request = toSignedRequest(attempt, identity, body);
      const response = attempt.noteResponse(
        checkBodySize(
          await call.transport.send(request, attempt.sendOptions),
          attempt.maxBodyBytes,
        ),
      );
      if (response.statusCode >= 300) throw toAwsError(response);
      checkSuccess(response, attempt.serviceRequest);
      return readCredentials(response);
    },
  );
}

function toBody(parameters: CreateSessionParameters): string {
  const { trustAnchorArn, profileArn, roleArn } = parameters;
  const { durationSeconds, roleSessionName } = parameters;
  return JSON.stringify({
    durationSeconds,
    profileArn,
    roleArn,
    roleSessionName,
    trustAnchorArn,
  });
}

function toSignedRequest(
  attempt: Attempt,
  identity: CertificateIdentity,
  body: Uint8Array,
): WireRequest {
  const { call, request } = attempt;
  const { clients } = call.shared;
  const endpoint = clients.endpoint("rolesAnywhere", request.region);
  const { protocol, hostname, port, host, basePath, region } = endpoint;
  const unsigned = {
    method: "POST",
    path: `${basePath}/sessions`,
    query: "",
    headers: { "content-type": "application/json", host },
    body,
  };
  const { method, path } = unsigned;
  return signedWhenSent(
    { method, protocol, hostname, port, path, body },
    () => {
      const now = attempt.signingTime();
      const headers = signX509(unsigned, { identity, region, now });
      // Proxies may change the headers that follow, so they are not signed.
      headers["content-length"] = String(body.byteLength);
      addAttemptHeaders(headers, attempt);
      return headers;
    },
  );
}

interface ResponseBody {
  readonly credentialSet?: readonly {
    readonly credentials?: Partial<Record<keyof ValidCredentials, unknown>>;
  }[];
}

function readCredentials(response: WireResponse): ValidCredentials {
  const body = parseSecretJsonBody(response) as ResponseBody | null;
  const credentials = body?.credentialSet?.[0]?.credentials;
  const { accessKeyId, secretAccessKey, sessionToken } = credentials ?? {};
  if (
    !isNonEmptyString(accessKeyId) ||
    !isNonEmptyString(secretAccessKey) ||
    !isNonEmptyString(sessionToken)
  )
    throw new Error("Roles Anywhere returned no credentials");
  const expiration = new Date(String(credentials?.expiration));
  const expires = !Number.isNaN(expiration.getTime());
  return {
    accessKeyId,
    secretAccessKey,
    sessionToken,
    ...(expires && { expiration }),
  };
}

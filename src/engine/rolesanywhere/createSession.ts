import type { CredentialsLike } from "../../../domain";
import type { Attempt } from "../call/Attempt";
import type { Call } from "../call/Call";
import { isNonEmptyString } from "../text/isNonEmptyString";
import { sendRequestWith } from "../call/request";
import { addAttemptHeaders } from "../call/signRequest";
import { rolesAnywhereEndpoint } from "../http/serviceEndpoint";
import {
  isHtmlPage,
  HtmlPageError,
  toAwsError,
  UnreadableBodyError,
} from "../http/awsError";
import type { WireRequest, WireResponse } from "../http/transport";
import type { CertificateFields } from "./CertificateFields";
import type { Identity } from "./readIdentity";
import { signX509 } from "./signX509";

/** Which session is wanted, and who wants it. */
export interface SessionRequest extends CertificateFields {
  readonly trustAnchorArn: string;
  readonly profileArn: string;
  readonly roleArn: string;
  readonly durationSeconds?: number | undefined;
  readonly roleSessionName?: string | undefined;
}

/** Signed with the certificate's key: none of AWS's keys is needed, so nobody is asked for any. */
const NO_CREDENTIALS: CredentialsLike = {
  accessKeyId: "",
  secretAccessKey: "",
};

/** The region to ask in: the connection's, or else the trust anchor's own. */
export function regionFor(
  { trustAnchorArn }: SessionRequest,
  { settings }: Call,
): string {
  return settings.region ?? regionOf(trustAnchorArn);
}

/** The region that an ARN names. */
export function regionOf(arn: string): string {
  return arn.split(":")[3] ?? "";
}

/** Asks Roles Anywhere for a session, as often as it takes: one too many does no harm. */
export function createSession(
  request: SessionRequest,
  identity: Identity,
  call: Call,
): Promise<CredentialsLike> {
  const body = Buffer.from(bodyOf(request));
  return sendRequestWith(
    call,
    {
      serviceRequest: {
        service: "rolesanywhere",
        action: "CreateSession",
        input: {},
      },
      target: { region: regionFor(request, call), credentials: NO_CREDENTIALS },
    },
    async (attempt) => {
      const sent = toSigned(attempt, identity, body);
      const answer = await call.shared.transport.send(
        sent,
        attempt.sendOptions,
      );
      call.noteResponse(answer);
      if (answer.statusCode >= 300) throw toAwsError(answer);
      if (isHtmlPage(answer)) throw new HtmlPageError(answer.statusCode);
      return readSession(answer);
    },
  );
}

function bodyOf(request: SessionRequest): string {
  const { trustAnchorArn, profileArn, roleArn } = request;
  const { durationSeconds, roleSessionName } = request;
  return JSON.stringify({
    durationSeconds,
    profileArn,
    roleArn,
    roleSessionName,
    trustAnchorArn,
  });
}

function toSigned(
  attempt: Attempt,
  identity: Identity,
  body: Uint8Array,
): WireRequest {
  const { call, request } = attempt;
  const { shared, settings } = call;
  const origin = rolesAnywhereEndpoint(settings, request.region);
  const { protocol, hostname, port, host, basePath, region } = origin;
  const unsigned = {
    method: "POST",
    path: `${basePath}/sessions`,
    query: "",
    headers: { "content-type": "application/json", host },
    body,
  };
  const now = shared.clock.now() + shared.skewMs;
  const { method, path } = unsigned;
  const headers = signX509(unsigned, { identity, region, now });
  // What is added from here on may change on the way without breaking the signature.
  headers["content-length"] = String(body.byteLength);
  addAttemptHeaders(headers, attempt);
  return { method, protocol, hostname, port, path, headers, body };
}

interface Answer {
  readonly credentialSet?: readonly {
    readonly credentials?: Partial<Record<keyof CredentialsLike, unknown>>;
  }[];
}

function readSession(answer: WireResponse): CredentialsLike {
  const keys = parseBody(answer)?.credentialSet?.[0]?.credentials;
  const { accessKeyId, secretAccessKey, sessionToken } = keys ?? {};
  if (
    !isNonEmptyString(accessKeyId) ||
    !isNonEmptyString(secretAccessKey) ||
    !isNonEmptyString(sessionToken)
  )
    throw new Error("Roles Anywhere answered without keys");
  const expiration = new Date(String(keys?.expiration));
  const ends = !Number.isNaN(expiration.getTime());
  return {
    accessKeyId,
    secretAccessKey,
    sessionToken,
    ...(ends && { expiration }),
  };
}

/** Without Node's own words where it is no JSON: they quote the body, and with it a secret. */
function parseBody(answer: WireResponse): Answer | null {
  try {
    return JSON.parse(Buffer.from(answer.body).toString("utf8")) as Answer;
  } catch {
    throw new UnreadableBodyError(answer, undefined);
  }
}

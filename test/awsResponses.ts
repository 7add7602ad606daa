import type { Reply } from "./FakeAws";

/** A role in another account, which has the functions that the tests invoke. */
export const ROLE = "arn:aws:iam::222233334444:role/invoker";

/** Secrets that no error may contain. */
export const EXTERNAL_ID = "tr0ub4dor-and-3";
export const SESSION_SECRET = "session+/Secret+Key0123456789abcdefghij";
export const SESSION_TOKEN = "IQoJb3JpZ2luX2VjEXAMPLETOKEN//////////wEa==";

/** The response of Parameter Store with a parameter's value. */
export function parameterResponse(value: string): Reply {
  return {
    body: JSON.stringify({
      Parameter: { Name: "/acme/prod/trustKey", Value: value, Version: 1 },
    }),
  };
}

/** An error response of Parameter Store. Many have no message. */
export function parameterStoreError(code: string, message?: string): Reply {
  return {
    status: 400,
    body: JSON.stringify({ __type: code, ...(message && { message }) }),
  };
}

/** The response of STS with a session. By default it expires one hour after the start of a `FakeClock`. */
export function sessionResponse({
  accessKeyId = "ASIAEXAMPLEKEYID0001",
  expiration = "2026-11-20T13:00:00Z",
} = {}): Reply {
  return {
    body: `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
      <AssumedRoleUser><AssumedRoleId>AROA:aws-lambda-connector</AssumedRoleId><Arn>arn:aws:sts::222233334444:assumed-role/invoker/aws-lambda-connector</Arn></AssumedRoleUser>
      <Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${SESSION_SECRET}</SecretAccessKey><SessionToken>${SESSION_TOKEN}</SessionToken><Expiration>${expiration}</Expiration></Credentials>
    </AssumeRoleResult><ResponseMetadata><RequestId>sts-1</RequestId></ResponseMetadata></AssumeRoleResponse>`,
  };
}

/** An error response of STS. */
export function stsError(status: number, code: string, message: string): Reply {
  return {
    status,
    body: `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>sts-2</RequestId></ErrorResponse>`,
  };
}

/** The response of Lambda when the function returned this payload. */
export function functionResult(
  payload: unknown,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return {
    headers: { "x-amz-executed-version": "$LATEST", ...headers },
    body: JSON.stringify(payload),
  };
}

/** The response of Lambda when the function failed. */
export function functionError(payload: string): Reply {
  return {
    headers: {
      "x-amz-executed-version": "$LATEST",
      "x-amz-function-error": "Unhandled",
    },
    body: payload,
  };
}

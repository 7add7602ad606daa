import type { Reply } from "./FakeAws";

/** The role of another account, in which the functions of the tests live. */
export const ROLE = "arn:aws:iam::222233334444:role/invoker";

/** Secrets that no error may ever show. */
export const EXTERNAL_ID = "tr0ub4dor-and-3";
export const SESSION_SECRET = "borrowed/Secret+Key0123456789abcdefghij";
export const SESSION_TOKEN = "IQoJb3JpZ2luX2VjEXAMPLETOKEN//////////wEa==";

/** What the Parameter Store answers. */
export function parameter(value: string): Reply {
  return {
    body: JSON.stringify({
      Parameter: { Name: "/acme/prod/trustKey", Value: value, Version: 1 },
    }),
  };
}

/** How the Parameter Store refuses; often without a message. */
export function storeRefusal(code: string, message?: string): Reply {
  return {
    status: 400,
    body: JSON.stringify({ __type: code, ...(message && { message }) }),
  };
}

/** A session as STS answers it; until one o'clock, an hour of a `FakeClock`. */
export function session({
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

/** How STS refuses. */
export function tokenRefusal(
  status: number,
  code: string,
  message: string,
): Reply {
  return {
    status,
    body: `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>sts-2</RequestId></ErrorResponse>`,
  };
}

/** What a function answers: its JSON, as it was run by Lambda. */
export function answer(
  payload: unknown,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return {
    headers: { "x-amz-executed-version": "$LATEST", ...headers },
    body: JSON.stringify(payload),
  };
}

/** What a function answers that has failed. */
export function failure(payload: string): Reply {
  return {
    headers: {
      "x-amz-executed-version": "$LATEST",
      "x-amz-function-error": "Unhandled",
    },
    body: payload,
  };
}

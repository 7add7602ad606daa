import { LambdaClient } from "@aws-sdk/client-lambda";
import { SSMClient } from "@aws-sdk/client-ssm";
import { STSClient } from "@aws-sdk/client-sts";
import type { LocalAws } from "../../dist/local";

/** Creates clients of the AWS SDK, which are independent of the connector. */
export function clientsOf(
  local: LocalAws,
  changes: {
    region?: string;
    credentials?: {
      accessKeyId: string;
      secretAccessKey: string;
      sessionToken?: string;
    };
  } = {},
) {
  const settings = {
    endpoint: local.endpoint,
    region: local.region,
    credentials: local.credentials,
    ...changes,
  };
  return {
    lambda: new LambdaClient(settings),
    sts: new STSClient(settings),
    ssm: new SSMClient(settings),
  };
}

/** Returns the error of a call. Throws if the call succeeds. */
export async function refusalOf(
  call: Promise<unknown>,
): Promise<{ name: string; message: string; status: number | undefined }> {
  try {
    await call;
  } catch (error) {
    const refusal = error as Error & {
      $metadata?: { httpStatusCode?: number };
    };
    return {
      name: refusal.name,
      message: refusal.message,
      status: refusal.$metadata?.httpStatusCode,
    };
  }
  throw new Error("The call was not refused.");
}

/** Parses the payload of a response. */
export function parsed(answer: { Payload?: Uint8Array | undefined }): unknown {
  return JSON.parse(Buffer.from(answer.Payload ?? []).toString("utf8"));
}

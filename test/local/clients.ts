import { LambdaClient } from "@aws-sdk/client-lambda";
import { SSMClient } from "@aws-sdk/client-ssm";
import { STSClient } from "@aws-sdk/client-sts";
import type { LocalAws } from "../../dist/local";

/** AWS's own clients, unchanged, as the witnesses from outside. */
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

/** What a call was refused with; a call that is not refused fails the test. */
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

/** Payload of an answer, parsed. */
export function parsed(answer: { Payload?: Uint8Array | undefined }): unknown {
  return JSON.parse(Buffer.from(answer.Payload ?? []).toString("utf8"));
}

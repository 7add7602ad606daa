import { Call } from "../call/Call";
import { sendRequest } from "../call/request";
import { NO_CREDENTIALS } from "../call/RequestTarget";
import type { StsSession } from "../codecs/stsCodecs";
import type { ChainOwner } from "../connection/Pool";
import type { StsRequest } from "../credentials/chain/ChainContext";
import { directAction } from "./directAction";

/** STS's region if none is configured, as in the AWS SDK. */
const DEFAULT_REGION = "us-east-1";

/** Longest time of one attempt and the pause before it, in ms. The transport limits attempts to 10 seconds, and pauses end after 20. */
const ATTEMPT_MS = 30_000;

/** Sends a request of the default chain in a call of its own, because several calls can wait for the credentials. */
export async function sendChainRequest<Input extends object>(
  { action: name, codec, input, region, credentials }: StsRequest<Input>,
  { settings, shared, transport }: ChainOwner,
): Promise<StsSession> {
  const call = new Call({
    operation: name,
    settings,
    shared,
    transport,
    invokes: false,
    timeoutMs: settings.maxAttempts * ATTEMPT_MS,
  });
  try {
    return await sendRequest(
      call,
      directAction({ service: "sts", name, codec }),
      {
        input,
        // That of the profile, as in the AWS SDK.
        region: region ?? settings.region ?? DEFAULT_REGION,
        credentials: credentials ?? NO_CREDENTIALS,
      },
    );
  } finally {
    call.end();
  }
}

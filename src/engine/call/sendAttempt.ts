import {
  createCommand,
  setAttemptHeaders,
  type Service,
} from "../connection/sdkClients";
import { DIRECT_CODECS, type Codec } from "../http/lambdaCodecs";
import { checkBodySize } from "../http/responseLimits";
import {
  checkSuccess,
  isSuccess,
  UnexpectedStatusError,
} from "../http/responseStatus";
import type { WireResponse } from "../http/transport";
import type { Attempt } from "./Attempt";
import { signRequest } from "./signRequest";

/** Makes one attempt: frequent actions through a direct codec, which bypasses the SDK, all others through the SDK's client. */
export function sendAttempt<Output>(attempt: Attempt): Promise<Output> {
  const { service, action } = attempt.serviceRequest;
  const codec =
    service === "lambda"
      ? (DIRECT_CODECS as Readonly<Record<string, unknown>>)[action]
      : undefined;
  return codec
    ? sendDirectly(codec as Codec<object, Output>, attempt)
    : sendWithSdk(attempt);
}

async function sendWithSdk<Output>(attempt: Attempt): Promise<Output> {
  const { call, credentials, serviceRequest, request } = attempt;
  const { action, input } = serviceRequest;
  // A service without an SDK client never gets here: it passes its own `send` to `sendRequestWith`.
  const service = serviceRequest.service as Service;
  const { region } = request;
  const client = call.shared.clients.for({ service, region, credentials });
  const options = {
    abortSignal: call.signal,
    credentials,
    onSent: () => {
      attempt.noteSent();
    },
    onResponse: (received: WireResponse) => {
      const response = attempt.noteResponse(received);
      // The SDK reads errors, but accepts every other status as success.
      const isError = response.statusCode >= 300;
      if (!isError && !isSuccess(response.statusCode, serviceRequest))
        throw new UnexpectedStatusError(response);
      return response;
    },
  };
  const command = createCommand(service, action, input);
  setAttemptHeaders(command, attempt.headers);
  return (await client.send(command, options)) as Output;
}

async function sendDirectly<Output>(
  codec: Codec<object, Output>,
  attempt: Attempt,
): Promise<Output> {
  const { call, serviceRequest } = attempt;
  const request = signRequest(codec.encode(serviceRequest.input), attempt);
  const { transport } = call.shared;
  const response = attempt.noteResponse(
    checkBodySize(
      await transport.send(request, attempt.sendOptions),
      attempt.maxBodyBytes,
    ),
  );
  checkSuccess(response, serviceRequest);
  return codec.decode(response);
}

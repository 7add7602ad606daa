import type { Attempt } from "./Attempt";
import { createCommand, type Service } from "../connection/sdkClients";
import { signRequest } from "./signRequest";
import { DIRECT_CODECS, type Codec } from "../http/lambdaCodecs";
import { isHtmlPage, NotAwsError, toAwsError } from "../http/awsError";
import type { WireResponse } from "../http/transport";

/** Sends a request once: what is asked again and again by our own hand, everything else by the AWS SDK's client. */
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
  const { call, credentials: keys, serviceRequest: ask, request } = attempt;
  const { action, input } = ask;
  // Whatever has no client sends in a way of its own, and does not come here.
  const service = ask.service as Service;
  const { region } = request;
  const client = call.shared.clients.for({ service, region, keys });
  const options = {
    abortSignal: call.signal,
    onSent: attempt.onSent,
    onAnswer: (answer: WireResponse) => {
      call.noteResponse(answer);
    },
  };
  const command = createCommand(service, action, input);
  return (await client.send(command, options)) as Output;
}

async function sendDirectly<Output>(
  codec: Codec<object, Output>,
  attempt: Attempt,
): Promise<Output> {
  const { call, serviceRequest: ask } = attempt;
  const request = signRequest(codec.write(ask.input), attempt);
  const answer = await call.shared.transport.send(request, attempt);
  call.noteResponse(answer);
  if (answer.statusCode >= 300) throw toAwsError(answer);
  if (isHtmlPage(answer)) throw new NotAwsError(answer.statusCode);
  return codec.read(answer);
}

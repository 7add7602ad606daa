import type { Attempt } from "./Attempt";
import { createCommand, type Service } from "../connection/services";
import { toSigned } from "./toSigned";
import { HOT, type Codec } from "../http/lambda";
import { isPage, NotAwsError, toRefusal } from "../http/refusal";
import type { WireResponse } from "../http/transport";

/** Sends a request once: what is asked again and again by our own hand, everything else by the AWS SDK's client. */
export function exchange<Output>(attempt: Attempt): Promise<Output> {
  const { service, action } = attempt.ask;
  const codec =
    service === "lambda"
      ? (HOT as Readonly<Record<string, unknown>>)[action]
      : undefined;
  return codec
    ? byHand(codec as Codec<object, Output>, attempt)
    : bySdk(attempt);
}

async function bySdk<Output>(attempt: Attempt): Promise<Output> {
  const { call, keys, ask, request } = attempt;
  const { action, input } = ask;
  // Whatever has no client sends in a way of its own, and does not come here.
  const service = ask.service as Service;
  const { region } = request;
  const client = call.shared.clients.for({ service, region, keys });
  const options = {
    abortSignal: call.signal,
    onSent: attempt.onSent,
    onAnswer: (answer: WireResponse) => {
      call.noteAnswer(answer);
    },
  };
  const command = createCommand(service, action, input);
  return (await client.send(command, options)) as Output;
}

async function byHand<Output>(
  codec: Codec<object, Output>,
  attempt: Attempt,
): Promise<Output> {
  const { call, ask } = attempt;
  const request = toSigned(codec.write(ask.input), attempt);
  const answer = await call.shared.transport.send(request, attempt);
  call.noteAnswer(answer);
  if (answer.statusCode >= 300) throw toRefusal(answer);
  if (isPage(answer)) throw new NotAwsError(answer.statusCode);
  return codec.read(answer);
}

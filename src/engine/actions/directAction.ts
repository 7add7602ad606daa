import type { Attempt } from "../call/Attempt";
import { signRequest } from "../call/signRequest";
import type { Codec } from "../codecs/Codec";
import type { Service } from "../connection/sdkClients";
import { checkBodySize } from "../http/responseLimits";
import { checkSuccess } from "../http/responseStatus";
import type { Action } from "../call/Action";

/** An action that is sent without the AWS SDK. */
interface DirectActionDefinition<Input, Output> {
  readonly service: Service;
  /** As in IAM and the AWS API reference. */
  readonly name: string;
  readonly codec: Codec<Input, Output>;
}

/** Defines an action that is sent without the AWS SDK, which costs less: for the frequent actions, and those before a first invocation. */
export function directAction<Input, Output>({
  service,
  name,
  codec,
}: DirectActionDefinition<Input, Output>): Action<Input, Output> {
  return {
    service,
    name,
    send: (attempt, input) => send(attempt, codec, input),
  };
}

async function send<Input, Output>(
  attempt: Attempt,
  codec: Codec<Input, Output>,
  input: Input,
): Promise<Output> {
  const { call, serviceRequest } = attempt;
  const request = signRequest(codec.encode(input), attempt);
  const { transport } = call;
  const response = attempt.noteResponse(
    checkBodySize(
      await transport.send(request, attempt.sendOptions),
      attempt.maxBodyBytes,
    ),
  );
  if (response.statusCode >= 300) throw codec.toError(response);
  checkSuccess(response, serviceRequest);
  return codec.decode(response);
}

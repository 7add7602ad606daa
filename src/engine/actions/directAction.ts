import type { Attempt } from "../call/Attempt";
import { signRequest } from "../call/signRequest";
import type { Codec } from "../http/lambdaCodecs";
import { checkBodySize } from "../http/responseLimits";
import { checkSuccess } from "../http/responseStatus";
import type { Action } from "../call/Action";

/** Defines an action of Lambda that is sent without the AWS SDK, which costs less: for the frequent actions. */
export function directAction<Input, Output>(
  name: string,
  codec: Codec<Input, Output>,
): Action<Input, Output> {
  return {
    service: "lambda",
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

import type { Exchange } from "../../http/Exchange";
import { reportToHost } from "../../route/reportToHost";
import type { RespondVerdict } from "../../route/verdict/Verdict";
import type { PolicyOptions } from "../configuration/PolicyOptions";
import { PolicyError } from "../errors/PolicyError";
import type { PolicyFailure } from "../errors/PolicyFailure";
import { toFailureResponse } from "../response/toFailureResponse";
import type { CompiledPolicy } from "./CompiledPolicy";
import { createScope } from "./createScope";
import { NO_INPUTS, type Inputs } from "./readInputs";

/** Default name of the policy. */
export const DEFAULT_NAME = "aws-lambda";

/**
 * Reports a failure to the host and returns the response to it. With `failSafe`, the exchange continues.
 *
 * @throws Any error that is not a PolicyError.
 */
export function handleFailure(
  { options, responseTemplates }: CompiledPolicy,
  exchange: Exchange,
  {
    error,
    inputs = NO_INPUTS,
  }: { readonly error: unknown; readonly inputs?: Inputs },
): RespondVerdict | undefined {
  if (!(error instanceof PolicyError)) throw error;
  const isSuppressed = options.failSafe ?? false;
  reportFailure(options, { error, isSuppressed, exchange });
  if (isSuppressed) return undefined;
  const scope = createScope(exchange, inputs);
  return {
    respond: toFailureResponse(error, {
      exchange,
      templates: responseTemplates,
      scope,
    }),
  };
}

/** Calls `onFailure`. */
export function reportFailure(
  { onFailure, name: policy = DEFAULT_NAME }: PolicyOptions,
  failure: Omit<PolicyFailure, "policy">,
): void {
  reportToHost<PolicyFailure>(
    { policy, ...failure },
    {
      listener: onFailure,
      option: "onFailure of awsLambdaPolicy",
      place: `policy ${JSON.stringify(policy)}`,
    },
  );
}

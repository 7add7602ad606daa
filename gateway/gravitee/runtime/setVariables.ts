import type { Exchange } from "../../http/Exchange";
import type { PolicyOptions } from "../configuration/PolicyOptions";
import { AWS_LAMBDA_ERRORS } from "../errors/AWS_LAMBDA_ERRORS";
import { PolicyError } from "../errors/PolicyError";
import { EvaluationError } from "../expression/errors/EvaluationError";
import type { CompiledPolicy } from "./CompiledPolicy";
import { createScope } from "./createScope";
import { reportFailure } from "./handleFailure";
import type { Inputs } from "./readInputs";

/**
 * Sets the variables as context attributes, in order: each may use the ones before it.
 *
 * @throws PolicyError with `v4`, if a variable cannot be evaluated.
 */
export function setVariables(
  { options, configuration }: CompiledPolicy,
  exchange: Exchange,
  inputs: Inputs,
): void {
  // All variables share one scope, so that the response is parsed once.
  const scope = createScope(exchange, inputs);
  for (const { name, value } of configuration.variables)
    try {
      exchange.attributes.set(name, value?.toText(scope) ?? null);
    } catch (cause) {
      const error = toVariableError(cause, options);
      if (options.semantics === "v4") throw error;
      reportFailure(options, { error, isSuppressed: true, exchange });
    }
}

function toVariableError(
  cause: unknown,
  { details }: PolicyOptions,
): PolicyError {
  return new PolicyError(AWS_LAMBDA_ERRORS.templateVariableException, {
    cause,
    ...(details === "shown" &&
      cause instanceof EvaluationError && {
        details: `Expression: ${cause.expression} failed with message ${cause.reason}`,
      }),
  });
}

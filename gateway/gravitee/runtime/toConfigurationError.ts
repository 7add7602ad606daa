import type { PolicyOptions } from "../configuration/PolicyOptions";
import { AWS_LAMBDA_ERRORS } from "../errors/AWS_LAMBDA_ERRORS";
import { PolicyError } from "../errors/PolicyError";

/** The failure when an option cannot be evaluated. As in Gravitee, the client does not see the reason; it is the `cause`. */
export function toConfigurationError(
  cause: unknown,
  { details }: PolicyOptions,
): PolicyError {
  return new PolicyError(AWS_LAMBDA_ERRORS.invalidResponse, {
    cause,
    details: details === "shown" ? "Invalid configuration" : undefined,
  });
}

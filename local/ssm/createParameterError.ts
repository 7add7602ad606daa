import { ServiceError } from "../protocol/ServiceError";

/** An error of the Parameter Store; the JSON protocol answers 400 to all of them. */
export function createParameterError(
  code:
    | "ParameterNotFound"
    | "ParameterVersionNotFound"
    | "ParameterAlreadyExists"
    | "ParameterMaxVersionLimitExceeded"
    | "ParameterVersionLabelLimitExceeded"
    | "InvalidKeyId"
    | "ValidationException"
    | "SerializationException",
  message: string,
): ServiceError {
  return new ServiceError({ status: 400, code, message });
}

/** What is answered where a parameter has no version of this number or label. */
export function createVersionNotFoundError(
  selector: string,
  name: string,
): ServiceError {
  return createParameterError(
    "ParameterVersionNotFound",
    `Systems Manager could not find version ${selector} of ${name}. Verify the version and try again.`,
  );
}

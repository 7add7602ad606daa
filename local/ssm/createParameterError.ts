import { ServiceError } from "../protocol/ServiceError";

/** Creates an error of the Parameter Store. The JSON protocol uses status 400 for all of them. */
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

/** Creates the error for a version or label that does not exist. */
export function createVersionNotFoundError(
  selector: string,
  name: string,
): ServiceError {
  return createParameterError(
    "ParameterVersionNotFound",
    `Systems Manager could not find version ${selector} of ${name}. Verify the version and try again.`,
  );
}

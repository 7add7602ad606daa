import { ServiceError } from "../http/ServiceError";

/** An error of the Parameter Store; the JSON protocol answers 400 to all of them. */
export function parameterError(
  code:
    | "ParameterNotFound"
    | "ParameterVersionNotFound"
    | "ParameterAlreadyExists"
    | "ValidationException"
    | "SerializationException",
  message: string,
): ServiceError {
  return new ServiceError({ status: 400, code, message });
}

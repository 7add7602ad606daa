/**
 * Gravitee's `aws-lambda` policy as a step of a gateway route. Start with {@link awsLambdaPolicy}.
 *
 * @module gateway/gravitee
 */
export { awsLambdaPolicy, type PolicyStep } from "./awsLambdaPolicy";
export type { HostVariables } from "./configuration/HostVariables";
export type {
  PolicyConfiguration,
  PolicyScope,
  SslConfiguration,
  PolicyVariable,
} from "./configuration/PolicyConfiguration";
export type { PolicyOptions } from "./configuration/PolicyOptions";
export type {
  ResponseTemplate,
  ResponseTemplates,
} from "./configuration/ResponseTemplates";
export { PolicyError, type PolicyErrorKey } from "./errors/PolicyError";
export type { PolicyFailure } from "./errors/PolicyFailure";

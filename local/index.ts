/**
 * An embedded AWS on loopback with Lambda, STS, Parameter Store and IAM Roles Anywhere, for local
 * development and tests.
 *
 * {@link startLocalAws} starts it with functions, parameters, roles and accounts, and returns its
 * `endpoint`, `region` and `credentials` for any AWS client. {@link LocalAws.faults} injects
 * failures, {@link LocalAws.requests} lists the requests that were received, and {@link
 * LocalAws.close} stops it.
 *
 * @module local
 */
export { startLocalAws } from "./startLocalAws";
export { LocalAws } from "./LocalAws";
export { LocalAwsError } from "./validation/LocalAwsError";
export { Faults, type PendingFault } from "./faults/Faults";
export { RequestJournal } from "./journal/RequestJournal";
export type { FunctionOutput } from "./state/FunctionOutput";
export type { FunctionSummary } from "./FunctionSummary";
export type { LocalCredentials } from "./options/LocalCredentials";
export type { ResourceLocation } from "./ResourceLocation";
export type {
  AccountOptions,
  LocalAwsOptions,
  ParameterOptions,
  ParameterVersionOptions,
  ParametersOption,
  RoleOptions,
  RolesOption,
  UserOptions,
  UsersOption,
} from "./options/LocalAwsOptions";
export type {
  FileFunctionOptions,
  FunctionConfigurationOptions,
  FunctionOptions,
  FunctionsOption,
  InlineFunctionOptions,
} from "./options/FunctionOptions";
export type {
  PolicyCondition,
  PolicyDocument,
  PolicyStatement,
} from "./iam/PolicyDocument";
export type {
  DelayFault,
  ExpiredTokenFault,
  Fault,
  FaultKind,
  FaultTarget,
  GarbageFault,
  ResetFault,
  SilenceFault,
  StatusFault,
  ThrottleFault,
  TruncateFault,
} from "./faults/Fault";
export type { OperationName } from "./protocol/Route";
export type { Service } from "./protocol/Service";
export type { ReceivedRequest } from "./journal/RequestJournal";
export type { LambdaCallback, LambdaContext, LambdaHandler } from "./runtime";
export type {
  ProfileOptions,
  ProfilesOption,
  TrustAnchorOptions,
  TrustAnchorsOption,
} from "./options/RolesAnywhereOptions";

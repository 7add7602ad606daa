/**
 * An embedded AWS on loopback: Lambda, STS, the Parameter Store and IAM Roles Anywhere, to run and to test against.
 *
 * {@link startLocalAws} starts it with the functions, parameters, roles and accounts that a test needs, and gives its
 * `endpoint`, `region` and `credentials`; any client of AWS's takes them. While it runs, {@link LocalAws.faults} asks for
 * failures, {@link LocalAws.requests} tells what was really delivered, and {@link LocalAws.close} ends all of it.
 *
 * @module local
 */
export { startLocalAws } from "./startLocalAws";
export { LocalAws } from "./LocalAws";
export { LocalAwsError } from "./validation/LocalAwsError";
export { Faults, type PendingFault } from "./faults/Faults";
export { RequestJournal } from "./journal/RequestJournal";
export type { FunctionOutput } from "./state/FunctionOutput";
export type {
  FunctionSummary,
  LocalCredentials,
  ResourceLocation as Whereabouts,
} from "./LocalAws";
export type {
  AccountOptions,
  LocalAwsOptions,
  ParameterOptions,
  ParameterVersionOptions,
  ParametersOption,
  ProfileOptions,
  ProfilesOption,
  RoleOptions,
  RolesOption,
  TrustAnchorOptions,
  TrustAnchorsOption,
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

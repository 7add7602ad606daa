/** An embedded AWS on loopback: Lambda, STS and the Parameter Store, to run and to test against. */
export { startLocalAws } from "./startLocalAws";
export { LocalAws } from "./LocalAws";
export { LocalAwsError } from "./LocalAwsError";
export { Faults, type PendingFault } from "./faults/Faults";
export { RequestJournal } from "./journal/RequestJournal";
export type { FunctionOutput } from "./lambda/FunctionOutput";
export type {
  FunctionSummary,
  LocalCredentials,
  Whereabouts,
} from "./LocalAws";
export type {
  AccountOptions,
  LocalAwsOptions,
  ParameterOptions,
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
export type { PolicyDocument, PolicyStatement } from "./iam/PolicyDocument";
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
export type { OperationName } from "./http/Route";
export type { Service } from "./http/Service";
export type { ReceivedRequest } from "./journal/RequestJournal";
export type { LambdaCallback, LambdaContext, LambdaHandler } from "./runtime";

/**
 * Connector for AWS Lambda: list, invoke and delete functions, also in other accounts. Start with {@link createConnector}.
 *
 * This entry point also exports the {@link operations! | operations} and the {@link domain! | domain model}.
 *
 * @module aws-lambda-connector
 */
export * from "../domain";
export * from "../operations";
export {
  createConnector,
  type ConnectorBase,
  type Connector,
  type OperationMethods,
} from "./Connector";
export type {
  FunctionContract,
  PlainClass,
  TypedBatch,
  TypedBatchOptions,
  TypedFunction,
  TypedOutcome,
  TypedRequests,
  Unboxed,
} from "./TypedFunction";
export type {
  StandardSchema,
  StandardSchemaIssue,
  StandardSchemaProperties,
  StandardSchemaResult,
} from "./engine/contract/StandardSchema";
export {
  ConnectorError,
  CredentialsError,
  DeadlineError,
  FunctionError,
  InvalidInputError,
  isConnectorError,
  ResponseError,
  ServiceError,
  TransportError,
  type AnyConnectorError,
  type ErrorCode,
  type ErrorInit,
  type Execution,
  type ErrorInitOf,
  type ErrorName,
  type Issue,
} from "./errors";
export type { CallOptions } from "./engine/call/CallOptions";
export type { Clock } from "./engine/settings/clock";
export type {
  Connection,
  CredentialProvider,
  Endpoints,
} from "./engine/settings/Connection";
export type { ConnectionRole } from "./engine/settings/ConnectionRole";
export type { Input } from "./engine/validation/Input";
export type { PoolReport, PublicPool } from "./engine/connection/Pool";
export { pool } from "./engine/operation/pools";
export type { TestHooks } from "./engine/settings/TestHooks";
export {
  assumePolicy,
  type AssumePolicyRequest,
} from "./policies/assumePolicy";
export {
  invokePolicy,
  type InvokePolicyRequest,
} from "./policies/invokePolicy";
export type { PermissionPolicy } from "./policies/PermissionPolicy";
export {
  trustPolicy,
  type TrustPolicy,
  type TrustPolicyRequest,
} from "./policies/trustPolicy";
export type { DistributedMapRequest } from "./stepfunctions/DistributedMapRequest";
export type { StateMachineDefinition } from "./stepfunctions/StateMachineDefinition";
export type {
  StateMachineRoleStatement,
  StateMachineRolePolicy,
  StateMachineTrustPolicy,
} from "./stepfunctions/StateMachinePolicies";
export {
  toDistributedMap,
  type DistributedMap,
} from "./stepfunctions/toDistributedMap";
export { toMapItems } from "./stepfunctions/toMapItems";
export type { OperationTrace } from "./engine/call/tracing";
export {
  WireError,
  type SendOptions,
  type SocketCounts,
  type Transport,
  type WireRequest,
  type WireResponse,
} from "./engine/http/transport";

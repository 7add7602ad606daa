/**
 * Functions before and after an HTTP route. Begin with {@link createRoute}: it puts steps around an origin, and `toNode`,
 * `toExpress`, `toFastify` and `toFetch` bring them into your server.
 *
 * @module gateway
 */
export { Body, type BodyFacts, type BodySource } from "./core/Body";
export { Exchange, type Interim } from "./core/Exchange";
export { GatewayRequest, type RequestFacts } from "./core/GatewayRequest";
export { GatewayResponse, type ResponseFacts } from "./core/GatewayResponse";
export { HeaderList } from "./core/HeaderList";
export type { OriginOptions } from "./core/originAt";
export {
  createRoute,
  type Fault,
  type Origin,
  type Route,
  type RouteOptions,
} from "./core/Route";
export type {
  Answering,
  Change,
  Changing,
  Phase,
  Reply,
  Step,
  Stopping,
  Verdict,
} from "./core/Step";
export { toExpress, type ExpressHandler } from "./adapters/toExpress";
export { toFastify, type FastifyLike } from "./adapters/toFastify";
export {
  toFetch,
  type FetchHandler,
  type FetchOptions,
} from "./adapters/toFetch";
export { toNode, type NodeOptions } from "./adapters/toNode";
export { awsLambdaPolicy, type PolicyStep } from "./policy/awsLambdaPolicy";
export type { HostVariables } from "./policy/HostVariables";
export type {
  PolicyConfiguration,
  PolicyScope,
  PolicyTrust,
  PolicyVariable,
} from "./policy/PolicyConfiguration";
export { PolicyError, type PolicyErrorKey } from "./policy/PolicyError";
export type { PolicyFailure } from "./policy/PolicyFailure";
export type { PolicyOptions } from "./policy/PolicyOptions";
export type {
  ResponseTemplate,
  ResponseTemplates,
} from "./policy/ResponseTemplates";
export type { ErrorEntry, ErrorSet } from "./sidecar/ErrorSet";
export {
  allow,
  modify,
  terminate,
  type FunctionAnswer,
  type Modification,
  type RouteChange,
  type Termination,
} from "./sidecar/FunctionAnswer";
export type {
  InputMessage,
  InputOperation,
  PostProcessorInput,
  PreProcessorInput,
} from "./sidecar/FunctionInput";
export { sidecar } from "./sidecar/sidecar";
export { SidecarError, type FunctionFailure } from "./sidecar/SidecarError";
export type { SidecarFailure } from "./sidecar/SidecarFailure";
export type {
  Attributes,
  Caller,
  SidecarOptions,
} from "./sidecar/SidecarOptions";
export type { PostInput } from "./sidecar/configuration/PostInput";
export type { PreInput } from "./sidecar/configuration/PreInput";

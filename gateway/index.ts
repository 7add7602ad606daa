/**
 * Functions before and after an HTTP route. Begin with {@link createRoute}: it puts steps around an origin, and `toNode`,
 * `toExpress`, `toFastify` and `toFetch` bring them into your server.
 *
 * @module gateway
 */
export { Body, type BodyFacts, type BodySource } from "./http/Body";
export { Exchange, type Interim } from "./http/Exchange";
export { GatewayRequest, type RequestFacts } from "./http/GatewayRequest";
export { GatewayResponse, type ResponseFacts } from "./http/GatewayResponse";
export { HeaderList } from "./http/HeaderList";
export type { OriginOptions } from "./origin/originAt";
export {
  createRoute,
  type Fault,
  type Origin,
  type Route,
  type RouteOptions,
} from "./route/Route";
export type {
  Answering,
  Change,
  Changing,
  Phase,
  Reply,
  Step,
  Stopping,
  Verdict,
} from "./route/Step";
export { toExpress, type ExpressHandler } from "./adapters/toExpress";
export { toFastify, type FastifyLike } from "./adapters/toFastify";
export {
  toFetch,
  type FetchHandler,
  type FetchOptions,
} from "./adapters/toFetch";
export { toNode, type NodeOptions } from "./adapters/toNode";
export { awsLambdaPolicy, type PolicyStep } from "./gravitee/awsLambdaPolicy";
export type { HostVariables } from "./gravitee/configuration/HostVariables";
export type {
  PolicyConfiguration,
  PolicyScope,
  SslConfiguration,
  PolicyVariable,
} from "./gravitee/configuration/PolicyConfiguration";
export {
  PolicyError,
  type PolicyErrorKey,
} from "./gravitee/errors/PolicyError";
export type { PolicyFailure } from "./gravitee/errors/PolicyFailure";
export type { PolicyOptions } from "./gravitee/configuration/PolicyOptions";
export type {
  ResponseTemplate,
  ResponseTemplates,
} from "./gravitee/configuration/ResponseTemplates";
export type { ErrorEntry, ErrorSet } from "./boomi/ErrorSet";
export {
  allow,
  modify,
  terminate,
  type FunctionAnswer,
  type Modification,
  type RouteChange,
  type Termination,
} from "./boomi/FunctionAnswer";
export type {
  InputMessage,
  InputOperation,
  PostProcessorInput,
  PreProcessorInput,
} from "./boomi/FunctionInput";
export { sidecar } from "./boomi/sidecar";
export { SidecarError, type FunctionFailure } from "./boomi/SidecarError";
export type { SidecarFailure } from "./boomi/SidecarFailure";
export type {
  Attributes,
  Caller,
  SidecarOptions,
} from "./boomi/SidecarOptions";
export type { PostInput } from "./boomi/configuration/PostInput";
export type { PreInput } from "./boomi/configuration/PreInput";

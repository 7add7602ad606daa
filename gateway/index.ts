/**
 * Runs Lambda functions and other steps before and after an HTTP route. Start with {@link createRoute}: it puts steps around an origin.
 * `toNode`, `toExpress`, `toFastify` and `toFetch` connect the route to your server.
 *
 * @module gateway
 */
export type { Connection, TlsSession } from "./http/client/Connection";
export type { ForwardedHeader } from "./http/client/forwardedEntries";
export type { TraceHeaders } from "./http/client/Trace";
export { Body } from "./http/Body";
export type { BodyOptions } from "./http/body/BodyOptions";
export { BodyMemoryError } from "./http/BodyMemoryError";
export {
  bodyMemory,
  type BodyMemoryReport,
  type PublicBodyMemory,
} from "./http/bodyMemory";
export type { BodySource } from "./http/body/BodySource";
export {
  Exchange,
  type ResponseHeaders,
  type SendInformational,
} from "./http/Exchange";
export type { FailureRecord, StepRun } from "./http/ExchangeRecord";
export { GatewayRequest, type GatewayRequestInit } from "./http/GatewayRequest";
export {
  GatewayResponse,
  type GatewayResponseInit,
} from "./http/GatewayResponse";
export { HeaderList } from "./http/HeaderList";
export { LimitStoreError } from "./route/LimitStoreError";
export type { RouteMatch } from "./http/RouteMatch";
export type { Origin } from "./origin/Origin";
export type { OriginOptions } from "./origin/OriginOptions";
export type { Change } from "./route/verdict/Change";
export { createRoute } from "./route/createRoute";
export type { ExchangeSummary } from "./route/ExchangeSummary";
export type { Fault, RenderFault } from "./route/Fault";
export type { Refusal } from "./route/verdict/Refusal";
export type { Route } from "./route/Route";
export { createRouter } from "./route/router/createRouter";
export type { Router } from "./route/router/Router";
export type { RouterOptions } from "./route/router/RouterOptions";
export type { RouteFailure } from "./route/RouteFailure";
export type { BodyLimits, ClientOptions } from "./route/client/ClientOptions";
export type { RouteOptions } from "./route/RouteOptions";
export type { DoneHandler, Step, StepHandler } from "./route/Step";
export type { StepResponse } from "./route/verdict/StepResponse";
export type {
  ChangeVerdict,
  OriginResponseVerdict,
  RefuseVerdict,
  RespondVerdict,
  Verdict,
} from "./route/verdict/Verdict";
export { apiKeys } from "./steps/apiKeys/apiKeys";
export type { ApiKey, ApiKeysOptions } from "./steps/apiKeys/ApiKeysOptions";
export { hashApiKey } from "./steps/apiKeys/hashApiKey";
export { cache } from "./steps/cache/cache";
export type {
  CacheOptions,
  CacheReport,
  CacheStep,
} from "./steps/cache/CacheOptions";
export { cors } from "./steps/cors/cors";
export type { CorsOptions, CorsOriginCheck } from "./steps/cors/CorsOptions";
export {
  concurrency,
  type ConcurrencyOptions,
} from "./steps/limits/concurrency";
export type { LimitKey } from "./steps/limits/LimitKey";
export type { LimitOptions } from "./steps/limits/LimitOptions";
export type {
  FixedWindow,
  LimitCharge,
  LimitResult,
  LimitStore,
  TokenBucket,
} from "./steps/limits/LimitStore";
export {
  MemoryLimitStore,
  type MemoryLimitStoreOptions,
} from "./steps/limits/MemoryLimitStore";
export { quota, type QuotaOptions } from "./steps/limits/quota";
export { shed, type ShedOptions } from "./steps/limits/shed";
export {
  throttle,
  type ThrottleLimit,
  type ThrottleOptions,
} from "./steps/limits/throttle";
export {
  toExpress,
  type ExpressHandler,
  type ExpressOptions,
} from "./adapters/toExpress";
export { toFastify, type FastifyLike } from "./adapters/toFastify";
export {
  toFetch,
  type FetchHandler,
  type FetchOptions,
} from "./adapters/toFetch";
export { toNode, type NodeOptions } from "./adapters/toNode";

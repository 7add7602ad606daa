// What the gateway uses of the connector beyond its public API. The bundled connector contains it, but no entry point exports it.
export { LruMap } from "./engine/cache/LruMap";
export { systemClock } from "./engine/settings/clock";
export { cacheKey } from "./engine/settings/cacheKey";
export { loadHttps } from "./engine/http/createAgent";
export { destroyRequest } from "./engine/http/destroyRequest";
export { formatNumber } from "./engine/text/formatNumber";
export { isHeaderValue } from "./engine/http/isHeaderValue";
export { findClosestName } from "./engine/text/findClosestName";
export { isObject, type JsonObject } from "./engine/text/isObject";
export { describeArnProblem } from "./engine/arn/describeArnProblem";
export { interpretPayload } from "./engine/invocation/interpretPayload";
export { isPlainObject } from "./engine/text/isPlainObject";
export { nodeHttp } from "./engine/sockets/nodeHttp";
export { JsonDepthError, parseJson } from "./engine/text/parseJson";
export { describeIssues, toSentence } from "./engine/text/toSentence";
export { sidecarRoleOf, type SidecarRole } from "./policies/sidecarRoleOf";

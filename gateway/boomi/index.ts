/**
 * Boomi's Sidecar connector (AWS Lambda) as a step of a gateway route. Start with {@link sidecar}.
 *
 * @module gateway/boomi
 */
export { sidecarRoleOf, type SidecarRole } from "../../src/internal";
export type { PostInput } from "./configuration/PostInput";
export type { PreInput } from "./configuration/PreInput";
export type { ErrorEntry, ErrorSet } from "./ErrorSet";
export {
  allow,
  modify,
  terminate,
  type FunctionAnswer,
  type Modification,
  type RouteChange,
  type Termination,
} from "./FunctionAnswer";
export type {
  InputMessage,
  InputOperation,
  PostProcessorInput,
  PreProcessorInput,
} from "./FunctionInput";
export { sidecar } from "./sidecar";
export { SidecarError, type FunctionFailure } from "./SidecarError";
export type { SidecarFailure } from "./SidecarFailure";
export type { Attributes, Caller, SidecarOptions } from "./SidecarOptions";

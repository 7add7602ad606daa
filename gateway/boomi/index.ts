/**
 * Boomi's Sidecar connector (AWS Lambda) as a step of a gateway route. Start with {@link sidecar}.
 *
 * @module gateway/boomi
 */
// Not from `src/internal`, whose declarations name packages that are not installed with this one.
export {
  sidecarRoleOf,
  type SidecarRole,
} from "../../src/policies/sidecarRoleOf";
export type { PostInput } from "./configuration/PostInput";
export type { PreInput } from "./configuration/PreInput";
export type { ErrorSet, ErrorSetEntry } from "./errors/ErrorSet";
export {
  allow,
  modify,
  terminate,
  type SidecarResponse,
  type Modification,
  type RouteChange,
  type Termination,
} from "./response/SidecarResponse";
export type {
  InputMessage,
  InputOperation,
  PostProcessorInput,
  PreProcessorInput,
} from "./input/SidecarInput";
export { sidecar } from "./sidecar";
export { SidecarError, type FunctionErrorDetails } from "./errors/SidecarError";
export type { SidecarFailure } from "./options/SidecarFailure";
export type {
  EavLookup,
  ExtendedAttributes,
  SidecarCaller,
  SidecarOptions,
} from "./options/SidecarOptions";

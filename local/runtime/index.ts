/** Runs Lambda functions: from files in worker threads, or inline in this process. */
export { checkFunction } from "./checkFunction";
export { createRuntime } from "./createRuntime";
export { findFunctions } from "./findFunctions";
export { JoinedPieces } from "./JoinedPieces";
export { parsePayload } from "./parsePayload";
export type { CheckSettings } from "./checkFunction";
export type { FoundFunction } from "./findFunctions";
export type { TakePiece } from "./pieces";
export type { FoundSettings } from "./FunctionFile";
export type {
  FileCode,
  FunctionCode,
  FunctionRuntime,
  FunctionSettings,
  InlineCode,
  Invocation,
  InvocationOutcome,
} from "./FunctionRuntime";
export type {
  LambdaCallback,
  LambdaContext,
  LambdaHandler,
} from "./LambdaHandler";

/** Runs Lambda functions: from files in worker threads, or inline in this process. */
export { checkFunction } from "./instance/checkFunction";
export { createRuntime } from "./createRuntime";
export { findFunctions } from "./folder/findFunctions";
export { JoinedPieces } from "./outcome/ChunkCollector";
export { parsePayload } from "./function/parsePayload";
export type { CheckSettings } from "./instance/checkFunction";
export type { FoundFunction } from "./folder/findFunctions";
export type { TakePiece } from "./function/chunks";
export type { FoundSettings } from "./folder/readFunctionFile";
export type {
  FileCode,
  FunctionCode,
  FunctionRuntime,
  FunctionSettings,
  InlineCode,
  Invocation,
  InvocationOutcome,
} from "./function/FunctionRuntime";
export type {
  LambdaCallback,
  LambdaContext,
  LambdaHandler,
} from "./function/LambdaHandler";

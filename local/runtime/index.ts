/** Runs Lambda functions: from files in worker threads, or inline in this process. */
export { checkFunction } from "./instance/checkFunction";
export { createRuntime } from "./createRuntime";
export { findFunctions } from "./folder/findFunctions";
export { ChunkCollector as JoinedPieces } from "./outcome/ChunkCollector";
export { parsePayload } from "./function/parsePayload";
export type { CheckSettings } from "./instance/checkFunction";
export type { FoundFunction } from "./folder/findFunctions";
export type { WriteChunk as TakePiece } from "./function/chunks";
export type { FunctionFileSettings as FoundSettings } from "./folder/readFunctionFile";
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

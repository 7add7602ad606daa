/** Runs Lambda functions: in worker threads from files, or inline in this process. */
export { checkFunction } from "./instance/checkFunction";
export { createRuntime } from "./createRuntime";
export { findFunctions } from "./folder/findFunctions";
export { ISOLATION_VARIABLES } from "./function/isolation";
export { ChunkCollector } from "./outcome/ChunkCollector";
export { parsePayload } from "./function/parsePayload";
export type { CheckSettings } from "./instance/checkFunction";
export type { FoundFunction } from "./folder/findFunctions";
export type { WriteChunk } from "./function/chunks";
export type { FunctionFileSettings } from "./folder/readFunctionFile";
export type {
  LambdaCallback,
  LambdaContext,
  LambdaHandler,
} from "./function/LambdaHandler";
export type {
  FileCode,
  FunctionCode,
  InlineCode,
} from "./function/FunctionCode";
export type { FunctionRuntime } from "./function/FunctionRuntime";
export type { FunctionSettings } from "./function/FunctionSettings";
export type { Invocation, InvocationOutcome } from "./function/Invocation";

import type { WriteChunk } from "./chunks";
import type { Invocation, InvocationOutcome } from "./Invocation";

/** Runs one function. */
export interface FunctionRuntime {
  /**
   * Runs the function once. A failure of the function is an outcome. The promise rejects only after
   * {@link FunctionRuntime.close} or because of a bug in the runtime.
   *
   * @param writeChunk - Called with each chunk that the function streams. Chunks are discarded
   * without it.
   */
  invoke(
    invocation: Invocation,
    writeChunk?: WriteChunk,
  ): Promise<InvocationOutcome>;

  /** Ends every instance. Running invocations fail as if the runtime had exited. */
  close(): Promise<void>;
}

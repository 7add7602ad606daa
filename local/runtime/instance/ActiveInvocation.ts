import type { WriteChunk } from "../function/chunks";
import type { Invocation, InvocationOutcome } from "../function/Invocation";

/** An invocation that an instance is serving. */
export interface ActiveInvocation {
  readonly invocation: Invocation;
  readonly writeChunk: WriteChunk;
  readonly settle: (outcome: InvocationOutcome | undefined) => void;
  startedAt: number;

  /** Ends the invocation at its timeout. Keeps the process alive while it waits. */
  timer: NodeJS.Timeout;
  initOutput: string;
  initMs?: number;
}

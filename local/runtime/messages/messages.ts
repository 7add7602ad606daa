import type { MessagePort } from "node:worker_threads";
import type { FileCode } from "../function/FunctionCode";
import type { FunctionSettings } from "../function/FunctionSettings";
import type { HandlerResult } from "../function/HandlerResult";
import type { TimedInvocation } from "../function/Invocation";

/** Data that a worker receives when it starts. */
export interface WorkerData {
  readonly code: FileCode;
  readonly settings: FunctionSettings;

  /** Log stream of the instance. */
  readonly logStreamName: string;
  readonly port: MessagePort;

  /** A shared counter: characters of output that were sent and not yet received. */
  readonly backlog: Int32Array;
}

/** A message to a worker. */
export type ToWorkerMessage =
  | { readonly kind: "invoke"; readonly invocation: TimedInvocation }
  /** Acknowledges received bytes of a streamed response. */
  | { readonly kind: "acknowledge"; readonly bytes: number };

/** A message from a worker. */
export type FromWorkerMessage =
  | { readonly kind: "output"; readonly text: string }
  /** A chunk of a streamed response. */
  | { readonly kind: "chunk"; readonly chunk: Uint8Array }
  | { readonly kind: "ready"; readonly memoryMb: number }
  | {
      readonly kind: "result" | "initFailed";
      readonly result: HandlerResult;
      readonly memoryMb: number;
    }
  /** The instance is exiting; `serving` is whether a handler was running. */
  | { readonly kind: "exiting"; readonly serving: boolean };

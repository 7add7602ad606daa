import type { MessagePort } from "node:worker_threads";
import type {
  FileCode,
  FunctionSettings,
  Invocation,
} from "../function/FunctionRuntime";

/** What a worker is told once, when it starts. */
export interface WorkerData {
  readonly code: FileCode;
  readonly settings: FunctionSettings;

  /** Log stream of the instance. */
  readonly logStreamName: string;
  readonly port: MessagePort;

  /** One counter, shared: characters of output sent and not yet taken. */
  readonly backlog: Int32Array;
}

/** One invocation, as it travels to a worker. */
export interface TimedInvocation extends Invocation {
  /** When it times out, in milliseconds since the epoch. */
  readonly deadlineMs: number;
}

/** What a worker is told while it runs. */
export type ToWorkerMessage =
  | { readonly kind: "task"; readonly task: TimedInvocation }
  /** So many bytes of what the function wrote have been taken. */
  | { readonly kind: "taken"; readonly bytes: number };

/** How an invocation, or the loading of its module, ended inside the instance. */
export interface HandlerResult {
  readonly payload: Uint8Array;

  /** Type of the error that the payload reports. Absent: the handler answered. */
  readonly errorType?: string;

  /** What the log's ERROR line says of it. Absent: the log has no such line. */
  readonly errorLog?: string;
}

/** What a worker says. */
export type FromWorkerMessage =
  | { readonly kind: "output"; readonly text: string }
  /** A chunk of a streamed result. */
  | { readonly kind: "chunk"; readonly chunk: Uint8Array }
  | { readonly kind: "ready"; readonly memoryMb: number }
  | {
      readonly kind: "result" | "initFailed";
      readonly result: HandlerResult;
      readonly memoryMb: number;
    }
  /** The instance ends of itself; `serving` says whether a handler was running. */
  | { readonly kind: "ending"; readonly serving: boolean };

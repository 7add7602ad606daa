import type { AnyConnectorError } from "../../errors";
import type { InvocationInput } from "../invocation/prepareInvocation";
import {
  createMissingRequestError,
  createRequestsError,
  createUnknownOutcomeError,
  type RunState,
} from "./batchErrors";
import type { BatchOutcome } from "./BatchOutcome";
import type { PullIterator } from "./PullIterator";
import { identifyInvocation } from "./readInvocation";
import type { ResumeFile } from "./ResumeFile";

/** An invocation that has no outcome yet. */
export interface PendingInvocation {
  readonly index: number;
  readonly invocation: InvocationInput;
  /** How often it was queued again because AWS throttled it. */
  requeues: number;
  /** The concurrency controller's epoch in which it was last sent. */
  epoch: number;
}

/** The next request: an invocation to send, an outcome without one, or a request to skip. */
export type NextRequest =
  | { readonly pending: PendingInvocation }
  | { readonly outcome: BatchOutcome; readonly isRecorded: boolean }
  | { readonly skipped: number };

/** A request of the input as an invocation, or why it is not one. */
type ReadResult =
  | { readonly invocation: InvocationInput; readonly error?: undefined }
  | { readonly invocation?: undefined; readonly error: AnyConnectorError };

/** What a request source is created from. */
export interface RequestSourceInit {
  readonly iterator: PullIterator;
  /** Translates an item into an invocation, or throws an error of this package. */
  readonly read: (item: unknown) => InvocationInput;
  readonly resumeFile: ResumeFile | undefined;
  /** Name of the operation in the error of an invocation whose outcome is unknown. */
  readonly operation: string;
}

/** Reads the requests one after the other, and looks up each in the resume file. */
export class RequestSource {
  readonly #init: RequestSourceInit;
  #readCount = 0;

  constructor(init: RequestSourceInit) {
    this.#init = init;
  }

  /** Number of requests read so far. */
  get readCount(): number {
    return this.#readCount;
  }

  /**
   * Reads the next request. `undefined`: there is none, or it is not available yet.
   *
   * @throws `RequestMismatchError`.
   */
  next(): NextRequest | undefined {
    const { iterator, read } = this.#init;
    const item = iterator.pull();
    if (!item) return undefined;
    let result: ReadResult;
    try {
      result = { invocation: read(item.value) };
    } catch (thrown) {
      result = { error: thrown as AnyConnectorError };
    }
    const next = this.#resolve(this.#readCount, result);
    this.#readCount++;
    return next;
  }

  /** Checks the input after its end. Returns an error if it threw, or if recorded requests are missing. */
  checkEnd(state: RunState): AnyConnectorError | undefined {
    const { iterator, resumeFile } = this.#init;
    const given = this.#readCount;
    const recorded = resumeFile?.registeredCount ?? 0;
    if (iterator.failure)
      return createRequestsError(state, iterator.failure.thrown);
    return given < recorded
      ? createMissingRequestError(state, { given, recorded })
      : undefined;
  }

  #resolve(index: number, { invocation, error }: ReadResult): NextRequest {
    const { resumeFile, operation } = this.#init;
    const identify = (): string => identifyInvocation(invocation);
    const action = resumeFile?.register(index, identify) ?? "send";
    if (resumeFile && action === "return")
      return { outcome: resumeFile.readOutcome(index), isRecorded: true };
    if (action === "skip") return { skipped: index };
    if (error) return { outcome: { index, error }, isRecorded: false };
    if (action === "unknown") {
      if (!invocation.idempotent) {
        const unknown = createUnknownOutcomeError(operation);
        return { outcome: { index, error: unknown }, isRecorded: false };
      }
      resumeFile?.recordResend(index);
    }
    return { pending: { index, invocation, requeues: 0, epoch: 0 } };
  }
}

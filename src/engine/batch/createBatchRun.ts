import type { InvokeFunctionResponse } from "../../../domain";
import type { Clock } from "../settings/clock";
import type { Input } from "../validation/Input";
import type { InvocationInput } from "../invocation/prepareInvocation";
import type { Operation } from "../operation/Operation";
import { throwIfInvalid, type InputErrorContext } from "../validation/parse";
import { createResumeFileError, type RunState } from "./batchErrors";
import { readBatchOptions, type BatchOptions } from "./BatchOptions";
import type { BatchRequest } from "./BatchRequest";
import { BatchRun } from "./BatchRun";
import { ProgressMeter } from "./ProgressMeter";
import { countItems, isAnyIterable, type AnyIterable } from "./PullIterator";
import { readInvocation } from "./readInvocation";
import { ResumeFile } from "./ResumeFile";

const DEFAULT_CONCURRENCY = 100;

/** How a run is created. */
export interface BatchRunOptions {
  readonly operation: string;
  /** The operation that is executed for each request. */
  readonly invocation: Operation<InvocationInput, InvokeFunctionResponse>;
  /** Translates an item into an invocation. Defaults to an item that is a request of the operation. */
  readonly read: ((item: unknown) => InvocationInput) | undefined;
  readonly options: Input<BatchOptions> | undefined;
  /** Whether outcomes that the caller has received are returned again. */
  readonly includeEarlier: boolean;
  /** Number of available sockets. More invocations would wait for one. */
  readonly maxConcurrency: number;
  readonly clock: Clock;
}

/**
 * Validates a batch request, opens its resume file, and creates the run.
 *
 * @throws `ERR_INVALID_INPUT` if `requests` cannot be iterated or the resume file cannot be used.
 */
export async function createBatchRun(
  request: BatchRequest,
  {
    operation,
    invocation,
    read,
    options,
    includeEarlier,
    maxConcurrency,
    clock,
  }: BatchRunOptions,
): Promise<BatchRun> {
  const context = { operation, execution: "did-not-run" as const };
  const requests = readRequests(request, context);
  const { onProgress, ...callOptions } = readBatchOptions(options, context);
  const { ordered, concurrency = DEFAULT_CONCURRENCY } = request;
  const resumeFile = await openResumeFile(request, { includeEarlier, context });
  const { name, request: requestClass } = invocation;
  return new BatchRun({
    operation,
    invocationName: name,
    requests,
    read:
      read ??
      ((item) =>
        readInvocation(item, { operation: name, request: requestClass })),
    send: (each) => invocation.execute(each, callOptions),
    concurrency: Math.min(concurrency, maxConcurrency),
    ordered: ordered === true && !includeEarlier,
    clock,
    resumeFile,
    meter:
      onProgress &&
      new ProgressMeter(
        { clock, onProgress, total: countItems(requests) },
        resumeFile?.previous ?? { done: 0, failed: 0 },
      ),
    signal: callOptions.signal,
  });
}

async function openResumeFile(
  { resumeFile }: BatchRequest,
  how: {
    readonly includeEarlier: boolean;
    readonly context: RunState;
  },
): Promise<ResumeFile | undefined> {
  if (resumeFile === undefined) return undefined;
  try {
    return await ResumeFile.open(resumeFile, how);
  } catch (error) {
    throw createResumeFileError(how.context, error);
  }
}

function readRequests(
  { requests }: BatchRequest,
  context: InputErrorContext,
): AnyIterable {
  const path = "requests";
  if (!isAnyIterable(requests)) {
    const rule = requests === undefined ? "required" : "iterable";
    const message =
      "requests must be an array or another iterable, for example a generator";
    throwIfInvalid([{ path, rule, message }], context);
  }
  return requests as AnyIterable;
}

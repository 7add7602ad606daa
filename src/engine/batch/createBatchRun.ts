import type { InvokeFunctionResponse } from "../../../domain";
import type { Clock } from "../connection/clock";
import type { Input } from "../validation/Input";
import type { InvocationInput } from "../invocation/prepareInvocation";
import type { Operation } from "../operation/Operation";
import { throwIfInvalid, type InputErrorContext } from "../validation/parse";
import { createResumeFileError } from "./batchErrors";
import { ResumeFile } from "./ResumeFile";
import type { BatchRequest } from "./BatchRequest";
import { readBatchOptions, type BatchOptions } from "./BatchOptions";
import { ProgressMeter } from "./BatchProgress";
import { readInvocation } from "./readInvocation";
import { BatchRun } from "./BatchRun";
import { countItems, isAnyIterable, type AnyIterable } from "./PullIterator";

const CONCURRENCY = 100;

/** How a run is made. */
export interface BatchRunOptions {
  readonly operation: string;
  /** What is done for each request. */
  readonly invocation: Operation<InvocationInput, InvokeFunctionResponse>;
  readonly options: Input<BatchOptions> | undefined;
  /** Whether outcomes of earlier runs are told once more. */
  readonly includeEarlier: boolean;
  /** Sockets that there are: more at once would stand in line. */
  readonly maxConcurrency: number;
  readonly clock: Clock;
}

/**
 * Begins a run over many requests.
 *
 * @throws `ERR_INVALID_INPUT` where the requests cannot be read one by one, or the resume file cannot be used.
 */
export async function createBatchRun(
  request: BatchRequest,
  {
    operation,
    invocation: each,
    includeEarlier: includeEarlier,
    maxConcurrency: most,
    clock,
    options: given,
  }: BatchRunOptions,
): Promise<BatchRun> {
  const refusal = { operation, execution: "did-not-run" as const };
  const items = itemsOf(request, refusal);
  const { onProgress, ...options } = readBatchOptions(given, refusal);
  const { resumeFile, ordered, concurrency = CONCURRENCY } = request;
  const journal =
    resumeFile === undefined
      ? undefined
      : await ResumeFile.open(resumeFile, { includeEarlier }).catch(
          (error: unknown) => {
            throw createResumeFileError(refusal, error);
          },
        );
  return new BatchRun({
    operation,
    invocationName: each.name,
    requests: items,
    read: (item) =>
      readInvocation(item, { operation: each.name, request: each.request }),
    send: (invocation) => each.execute(invocation, options),
    concurrency: Math.min(concurrency, most),
    ordered: ordered === true && !includeEarlier,
    clock,
    resumeFile: journal,
    meter:
      onProgress &&
      new ProgressMeter(
        { clock, onProgress, total: countItems(items) },
        journal?.previous ?? { done: 0, failed: 0 },
      ),
    signal: options.signal,
  });
}

function itemsOf(
  { requests }: BatchRequest,
  refusal: InputErrorContext,
): AnyIterable {
  const path = "requests";
  const message =
    "requests takes a list, or something that can be read one by one, for example a generator";
  if (requests === undefined)
    throwIfInvalid(
      [{ path, rule: "required", message: "requests is required" }],
      refusal,
    );
  if (!isAnyIterable(requests))
    throwIfInvalid([{ path, rule: "iterable", message }], refusal);
  return requests as AnyIterable;
}

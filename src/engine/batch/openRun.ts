import type { InvokeFunctionResponse } from "../../../domain";
import type { Clock } from "../connection/clock";
import type { Input } from "../validation/Input";
import type { InvocationInput } from "../invocation/prepareInvocation";
import type { Operation } from "../operation/Operation";
import { throwIfInvalid, type InputErrorContext } from "../validation/parse";
import { fileFailed } from "./runErrors";
import { Journal } from "./Journal";
import type { BatchRequest } from "./BatchRequest";
import { readBatchOptions, type BatchOptions } from "./BatchOptions";
import { ProgressMeter } from "./BatchProgress";
import { readEach } from "./readEach";
import { Run } from "./Run";
import { countOf, isItems, type Items } from "./Source";

const CONCURRENCY = 100;

/** How a run is made. */
export interface RunOptions {
  readonly operation: string;
  /** What is done for each request. */
  readonly each: Operation<InvocationInput, InvokeFunctionResponse>;
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
export async function openRun(
  request: BatchRequest,
  {
    operation,
    each,
    includeEarlier: includeEarlier,
    maxConcurrency: most,
    clock,
    options: given,
  }: RunOptions,
): Promise<Run> {
  const refusal = { operation, execution: "did-not-run" as const };
  const items = itemsOf(request, refusal);
  const { onProgress, ...options } = readBatchOptions(given, refusal);
  const { resumeFile, ordered, concurrency = CONCURRENCY } = request;
  const journal =
    resumeFile === undefined
      ? undefined
      : await Journal.open(resumeFile, { includeEarlier }).catch(
          (error: unknown) => {
            throw fileFailed(refusal, error);
          },
        );
  return new Run({
    operation,
    each: each.name,
    items,
    read: (item) =>
      readEach(item, { operation: each.name, request: each.request }),
    send: (invocation) => each.execute(invocation, options),
    concurrency: Math.min(concurrency, most),
    ordered: ordered === true && !includeEarlier,
    clock,
    journal,
    meter:
      onProgress &&
      new ProgressMeter(
        { clock, onProgress, total: countOf(items) },
        journal?.before ?? { done: 0, failed: 0 },
      ),
    signal: options.signal,
  });
}

function itemsOf(
  { requests }: BatchRequest,
  refusal: InputErrorContext,
): Items {
  const path = "requests";
  const message =
    "requests takes a list, or something that can be read one by one, for example a generator";
  if (requests === undefined)
    throwIfInvalid(
      [{ path, rule: "required", message: "requests is required" }],
      refusal,
    );
  if (!isItems(requests))
    throwIfInvalid([{ path, rule: "iterable", message }], refusal);
  return requests as Items;
}

import type { InvokeFunctionResponse } from "../../../domain";
import type { Clock } from "../connection/clock";
import type { Given } from "../validation/Given";
import type { Invocation } from "../invocation/invoke";
import type { Operation } from "../operation/Operation";
import { refuse, type Refusal } from "../validation/parse";
import { fileFailed } from "./endings";
import { Journal } from "./Journal";
import type { ManyRequest } from "./ManyOperation";
import { readManyOptions, type ManyOptions } from "./options";
import { ProgressMeter } from "./Progress";
import { readEach } from "./readEach";
import { Run } from "./Run";
import { countOf, isItems, type Items } from "./Source";

const CONCURRENCY = 100;

/** How a run is made. */
export interface Opening {
  readonly operation: string;
  /** What is done for each request. */
  readonly each: Operation<Invocation, InvokeFunctionResponse>;
  readonly options: Given<ManyOptions> | undefined;
  /** Whether outcomes of earlier runs are told once more. */
  readonly retell: boolean;
  /** Sockets that there are: more at once would stand in line. */
  readonly most: number;
  readonly clock: Clock;
}

/**
 * Begins a run over many requests.
 *
 * @throws `ERR_INVALID_INPUT` where the requests cannot be read one by one, or the resume file cannot be used.
 */
export async function openRun(
  request: ManyRequest,
  { operation, each, retell, most, clock, options: given }: Opening,
): Promise<Run> {
  const refusal = { operation, execution: "did-not-run" as const };
  const items = itemsOf(request, refusal);
  const { onProgress, ...options } = readManyOptions(given, refusal);
  const { resumeFile, ordered, concurrency = CONCURRENCY } = request;
  const journal =
    resumeFile === undefined
      ? undefined
      : await Journal.open(resumeFile, { retell }).catch((error: unknown) => {
          throw fileFailed(refusal, error);
        });
  return new Run({
    operation,
    each: each.name,
    items,
    read: (item) =>
      readEach(item, { operation: each.name, request: each.request }),
    send: (invocation) => each.execute(invocation, options),
    concurrency: Math.min(concurrency, most),
    ordered: ordered === true && !retell,
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

function itemsOf({ requests }: ManyRequest, refusal: Refusal): Items {
  const path = "requests";
  const message =
    "requests takes a list, or something that can be read one by one, for example a generator";
  if (requests === undefined)
    refuse(
      [{ path, rule: "required", message: "requests is required" }],
      refusal,
    );
  if (!isItems(requests))
    refuse([{ path, rule: "iterable", message }], refusal);
  return requests as Items;
}

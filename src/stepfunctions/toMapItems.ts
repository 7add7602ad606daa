import { InvokeFunctionRequest } from "../../operations/InvokeFunction";
import type { InvokeManyRequest } from "../../operations/InvokeMany";
import { createRequestsError } from "../engine/batch/batchErrors";
import { isAnyIterable, type AnyIterable } from "../engine/batch/PullIterator";
import { readInvocation } from "../engine/batch/readInvocation";
import { throwIfInvalid } from "../engine/validation/parse";
import { InvalidInputError, type Issue } from "../errors";
import { toItem } from "./toItem";

const OPERATION = "toMapItems";

/**
 * Writes requests of `InvokeMany` as the items of {@link toDistributedMap}: JSON Lines, one string with a line feed for each
 * request. Yields them one by one, with constant memory. The lines are requests of `InvokeMany` again, once parsed.
 *
 * Each request is validated as `InvokeMany` does before sending it, and the first invalid one ends the iteration. In addition,
 * a request must
 * - have at most 255 KB (261,120 bytes) as a line, because Step Functions passes at most 256 KB to a workflow;
 * - have a payload that is JSON, also if it is a `Uint8Array`, whose numbers have no more digits than JavaScript keeps. A payload
 *   in `payloadJson` or bytes is written without whitespace;
 * - not set what Step Functions can't send or return: `tenantId`, `durableExecutionName`, `logType: "Tail"`, and
 *   `onFunctionError: "return"`.
 *
 * @param requests - Requests of `InvokeFunction`: an array, or an iterable or async iterable, which is read lazily.
 * @throws `ERR_INVALID_INPUT`: `requests` is not iterable, immediately; or, while iterating, a request is invalid, which the
 * error names by its index, or `requests` threw.
 *
 * @see {@link https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html |
 * ItemReader in the Step Functions developer guide}
 * @see {@link https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html |
 * Quotas in the Step Functions developer guide}
 *
 * @example
 * const requests = ["A-17", "B-02"].map((sku) => ({
 *   functionName: "price",
 *   payload: { sku },
 * }));
 * await writeFile("items.jsonl", toMapItems(requests));
 */
export function toMapItems(
  requests: InvokeManyRequest["requests"],
): AsyncGenerator<string, void, undefined> {
  const given: unknown = requests;
  if (!isAnyIterable(given)) {
    const rule = given === undefined ? "required" : "iterable";
    const message =
      "requests must be an array or another iterable, for example a generator";
    throwIfInvalid([{ path: "requests", rule, message }], {
      operation: OPERATION,
      outcome: "",
    });
  }
  return writeItems(requests);
}

async function* writeItems(
  requests: AnyIterable,
): AsyncGenerator<string, void, undefined> {
  let index = 0;
  for await (const { request } of readRequests(requests)) {
    yield `${toLine(request, index)}\n`;
    index++;
  }
}

/** Reads the requests. They are wrapped, because a generator would await a promise, which is not a valid request. */
async function* readRequests(
  requests: AnyIterable,
): AsyncGenerator<{ readonly request: unknown }> {
  try {
    if (Symbol.asyncIterator in requests)
      for await (const request of requests) yield { request };
    else for (const request of requests) yield { request };
  } catch (thrown) {
    const state = { operation: OPERATION, execution: "did-not-run" } as const;
    throw createRequestsError(state, thrown);
  }
}

/** Validates a request and returns its item. The issues of an invalid request name its index. */
function toLine(request: unknown, index: number): string {
  const context = { operation: OPERATION, request: InvokeFunctionRequest };
  const issues: Issue[] = [];
  try {
    const item = toItem(readInvocation(request, context), issues);
    if (issues.length === 0) return item;
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    issues.push(...error.issues);
  }
  const where = `requests[${index}]`;
  const named = issues.map(({ path, rule, message }) => ({
    path: path === "" ? where : `${where}.${path}`,
    rule,
    message: `in ${where}, ${message}`,
  }));
  throwIfInvalid(named, { operation: OPERATION, outcome: "" });
  return "";
}

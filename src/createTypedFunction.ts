import type { InvokeFunctionResponse } from "../domain";
import { InvokeFunctionRequest, InvokeManyRequest } from "../operations";
import { BatchOperation } from "./engine/batch/BatchOperation";
import type { BatchOutcome } from "./engine/batch/BatchOutcome";
import { CallSite } from "./engine/batch/CallSite";
import type { Call } from "./engine/call/Call";
import { checkResponse, deferPayload } from "./engine/contract/checkPayload";
import {
  contractErrorContext,
  FUNCTION_ERROR_CONTEXT,
  readContract,
  type CheckedContract,
} from "./engine/contract/readContract";
import { hasCheckedPayload, setPayload } from "./engine/contract/setPayload";
import { DeferredPayload } from "./engine/invocation/DeferredPayload";
import { invoke } from "./engine/invocation/invoke";
import {
  prepareInvocation,
  type InvocationInput,
} from "./engine/invocation/prepareInvocation";
import { Operation } from "./engine/operation/Operation";
import type { Settings } from "./engine/settings/Settings";
import type { TestHooks } from "./engine/settings/TestHooks";
import { isObject } from "./engine/text/isObject";
import { parse } from "./engine/validation/parse";
import { markParsed } from "./engine/validation/parsedMark";
import type { AnyConnectorError } from "./errors";
import type { Guard } from "./toMethod";
import type { TypedBatchOptions, TypedOutcome } from "./TypedFunction";

/** The connection of a typed function, and the check whether it is open. */
export interface TypedFunctionContext {
  readonly settings: Settings;
  readonly hooks: TestHooks;
  readonly guard: Guard;
}

/** The function that a contract belongs to, and the request without its payload. */
interface Target {
  readonly contract: CheckedContract;
  readonly request: InvokeFunctionRequest;
}

/** A batch of a function, and the code that started it. */
interface Batch extends Target {
  readonly caller: CallSite;
}

/** Returns a Lambda function as a typed function. */
export function createTypedFunction(
  functionName: string,
  contractFields: unknown,
  functionContext: TypedFunctionContext,
): unknown {
  const context = { request: InvokeFunctionRequest };
  // Its name is part of all further messages, so it is checked first.
  parse({ functionName }, { ...context, ...FUNCTION_ERROR_CONTEXT });
  const errorContext = contractErrorContext(functionName);
  const contract = readContract(contractFields, errorContext);
  const request = parse(
    { functionName, ...contract.settings },
    { ...context, ...errorContext },
  );
  const { settings, hooks, guard } = functionContext;
  const target = { contract, request };
  const operation = new TypedInvocation(settings, hooks, target);
  const call = async (payload: unknown, options?: object): Promise<unknown> => {
    guard(operation);
    const response = await operation.execute(
      withPayload(request, payload),
      options,
    );
    return response.payload;
  };
  return Object.assign(call, {
    many: createBatchMethod(target, functionContext),
  });
}

function createBatchMethod(
  target: Target,
  { settings, hooks, guard }: TypedFunctionContext,
): unknown {
  const operation = new TypedBatchOperation(settings, hooks, target);
  const many = async (
    payloads: unknown,
    options?: object,
  ): Promise<TypedOutcome<unknown>[]> => {
    const batch = { ...target, caller: new CallSite(many) };
    guard(operation);
    const outcomes = await operation.execute(...toArguments(payloads, options));
    return Promise.all(outcomes.map((each) => toTyped(each, batch)));
  };
  async function* readStream(
    batch: Batch,
    ...[payloads, options]: [payloads: unknown, options: object | undefined]
  ): AsyncGenerator<TypedOutcome<unknown>, void, undefined> {
    guard(operation);
    const outcomes = operation.stream(...toArguments(payloads, options));
    for await (const each of outcomes) {
      yield await toTyped(each, batch);
      guard(operation);
    }
  }
  const stream = (payloads: unknown, options?: object): object => {
    const batch = { ...target, caller: new CallSite(stream) };
    return readStream(batch, payloads, options);
  };
  return Object.assign(many, { stream });
}

/** What the payload of a request is checked by. */
function toCheck({ contract, request: { functionName } }: Target) {
  return { contract: contract.request, functionName };
}

function withPayload(
  request: InvokeFunctionRequest,
  payload: unknown,
): InvokeFunctionRequest {
  const copy = Object.assign(new InvokeFunctionRequest(), request, { payload });
  markParsed(copy);
  return copy;
}

/** Splits the options of a batch into the fields of its request and the options of its execution. */
function toArguments(
  requests: unknown,
  options?: Readonly<TypedBatchOptions>,
): [request: InvokeManyRequest, options: object | undefined] {
  const request = Object.assign(new InvokeManyRequest(), { requests });
  // Whatever is no object is reported as invalid options.
  if (!isObject(options)) return [request, options];
  const { concurrency, ordered, resumeFile, ...callOptions } = options;
  Object.assign(request, { concurrency, ordered, resumeFile });
  return [request, callOptions];
}

/** Adds the value to an outcome. A response from a resume file has not been checked yet. */
async function toTyped(
  outcome: BatchOutcome,
  batch: Batch,
): Promise<TypedOutcome<unknown>> {
  const { index } = outcome;
  try {
    if (outcome.error) throw outcome.error;
    const { response } = outcome;
    if (!hasCheckedPayload(response)) await check(response, batch);
    return { index, value: response.payload, response };
  } catch (thrown) {
    const error = batch.caller.attachTo(thrown as AnyConnectorError);
    return { index, error };
  }
}

async function check(
  response: InvokeFunctionResponse,
  { contract, request: { functionName } }: Target,
): Promise<InvokeFunctionResponse> {
  const value = await checkResponse(response, {
    contract: contract.response,
    functionName,
  });
  return setPayload(response, value);
}

/** One invocation of a typed function. */
class TypedInvocation extends Operation<
  InvokeFunctionRequest,
  InvokeFunctionResponse
> {
  readonly name = "InvokeFunction";
  readonly permissions = ["lambda:InvokeFunction"];
  readonly request = InvokeFunctionRequest;
  readonly #target: Target;

  constructor(settings: Settings, hooks: TestHooks, target: Target) {
    super(settings, hooks);
    this.#target = target;
  }

  protected async run(
    request: InvokeFunctionRequest,
    call: Call,
  ): Promise<InvokeFunctionResponse> {
    const deferred =
      request.payload instanceof DeferredPayload
        ? request.payload
        : deferPayload(request.payload, toCheck(this.#target));
    // Nothing may be sent after the call has ended.
    const payload = await call.within(Promise.resolve(deferred.payload));
    const ready = prepareInvocation(withPayload(request, payload), call);
    const response = await invoke(ready, call);
    call.noteRun();
    return check(response, this.#target);
  }
}

/** A batch of invocations of a typed function. Its items are payloads. */
class TypedBatchOperation extends BatchOperation<
  InvokeManyRequest,
  BatchOutcome
> {
  readonly name = "InvokeMany";
  readonly permissions = ["lambda:InvokeFunction"];
  readonly request = InvokeManyRequest;
  readonly #target: Target;

  constructor(settings: Settings, hooks: TestHooks, target: Target) {
    super(settings, hooks);
    this.#target = target;
  }

  protected createInvocation(
    settings: Settings,
    hooks: TestHooks,
  ): TypedInvocation {
    return new TypedInvocation(settings, hooks, this.#target);
  }

  protected override readItem(payload: unknown): InvocationInput {
    const { request } = this.#target;
    return withPayload(request, deferPayload(payload, toCheck(this.#target)));
  }

  protected toOutcome(outcome: BatchOutcome): BatchOutcome {
    return outcome;
  }
}

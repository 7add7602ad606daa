import type { InvokeFunctionResponse } from "../../../src";
import type { Exchange } from "../../http/Exchange";
import type { Verdict } from "../../route/verdict/Verdict";
import { toLambdaResponse } from "../response/toLambdaResponse";
import type { CompiledPolicy } from "./CompiledPolicy";
import { bindLambdaResponse, createScope } from "./createScope";
import {
  evaluateConfiguration,
  type EvaluatedConfiguration,
} from "./evaluateConfiguration";
import { giveTurn } from "./giveTurn";
import { handleFailure } from "./handleFailure";
import { invokeLambda } from "./invokeLambda";
import { NO_INPUTS, readInputs, type Inputs } from "./readInputs";
import { setVariables } from "./setVariables";
import { toConfigurationError } from "./toConfigurationError";
import { withOptionName } from "./withOptionName";

/** Turns the function's response into a verdict. A PolicyError it throws is a failure of the policy. */
export type ResultHandler = (result: InvokeFunctionResponse) => Verdict;

/** Runs the policy once: condition, invocation, `#lambdaResponse`, variables, verdict. */
export async function runPolicy(
  policy: CompiledPolicy,
  exchange: Exchange,
  toVerdict: ResultHandler,
): Promise<Verdict> {
  const { options, connectors, requirements } = policy;
  let inputs = NO_INPUTS;
  try {
    if (!(await isConditionTrue(policy, exchange))) return undefined;
    inputs = await readInputs(options, exchange, requirements);
    const configuration = await evaluate(policy, exchange, inputs);
    const result = await invokeLambda({ configuration, connectors, options });
    await giveTurn(result.payloadBytes.byteLength);
    bindLambdaResponse(exchange, toLambdaResponse(result));
    setVariables(policy, exchange, inputs);
    return toVerdict(result);
  } catch (error) {
    return handleFailure(policy, exchange, { error, inputs });
  }
}

/** Evaluates the condition. Reads only what the condition itself requires. */
async function isConditionTrue(
  { condition, options }: CompiledPolicy,
  exchange: Exchange,
): Promise<boolean> {
  if (!condition) return true;
  const { template, requirements } = condition;
  const inputs = await readInputs(options, exchange, requirements);
  try {
    const scope = createScope(exchange, inputs);
    const isTrue = withOptionName("condition", () => template.toBoolean(scope));
    await giveTurn(scope.meter.steps);
    return isTrue;
  } catch (cause) {
    throw toConfigurationError(cause, options);
  }
}

async function evaluate(
  { options, configuration }: CompiledPolicy,
  exchange: Exchange,
  inputs: Inputs,
): Promise<EvaluatedConfiguration> {
  try {
    const scope = createScope(exchange, inputs);
    const evaluated = evaluateConfiguration(
      configuration,
      scope,
      exchange.attributes,
    );
    await giveTurn(scope.meter.steps);
    return evaluated;
  } catch (cause) {
    throw toConfigurationError(cause, options);
  }
}

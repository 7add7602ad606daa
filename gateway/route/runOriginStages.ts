import type { Exchange } from "../http/Exchange";
import type { GatewayResponse } from "../http/GatewayResponse";
import type { OriginStage, RouteDefinition } from "./RouteDefinition";
import type { AroundOrigin } from "./Step";
import { discardResponse, findPartProblem } from "./verdict/applyChange";
import { findLengthProblem } from "./verdict/findProblem";
import { UnsendableError } from "./verdict/UnsendableError";

/** A failure of a step around the origin, not of the origin. */
export class OriginStepError extends Error {
  readonly step: string;

  constructor(step: string, cause: unknown) {
    super(`the step ${JSON.stringify(step)} failed`, { cause });
    this.step = step;
  }
}

/**
 * Calls the origin through the steps around it.
 *
 * @throws {@link OriginStepError} if a step failed, else the error of the origin.
 */
export function runOriginStages(
  { originStages, id }: RouteDefinition,
  exchange: Exchange,
  callOrigin: AroundOrigin["call"],
): Promise<GatewayResponse> {
  if (originStages.length === 0) return callOrigin();
  return originStages.reduceRight<AroundOrigin["call"]>(
    (call, stage) => () => runStage(stage, exchange, { call, routeId: id }),
    callOrigin,
  )();
}

async function runStage(
  { step, handle }: OriginStage,
  exchange: Exchange,
  origin: AroundOrigin,
): Promise<GatewayResponse> {
  const failures = new Set<unknown>();
  const call: AroundOrigin["call"] = async () => {
    try {
      return await origin.call();
    } catch (error) {
      failures.add(error);
      throw error;
    }
  };
  try {
    const response = await handle(exchange, { ...origin, call });
    const problem = findPartProblem(response) ?? findLengthProblem(response);
    if (problem === undefined) return response;
    discardResponse(response);
    throw new UnsendableError(problem);
  } catch (error) {
    throw failures.has(error) ? error : new OriginStepError(step, error);
  }
}

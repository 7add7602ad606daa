import type { RouteDefinition, StepStage } from "./RouteDefinition";
import type { Step } from "./Step";

/** The handlers of steps, in the order in which they run: every step finishes one phase before any step begins the next. */
export const toStages = (
  steps: readonly Step[],
): Pick<
  RouteDefinition,
  | "steps"
  | "requestStages"
  | "originStages"
  | "refusalStages"
  | "responseStages"
  | "doneStages"
  | "bodyReaders"
> => ({
  steps: [...steps],
  requestStages: stagesOf(steps, ["request", "requestContent"]),
  originStages: steps.flatMap(({ name, aroundOrigin }) =>
    aroundOrigin ? [{ step: name, handle: aroundOrigin }] : [],
  ),
  refusalStages: steps.flatMap(({ name, beforeRefusal }) =>
    beforeRefusal ? [{ step: name, handle: beforeRefusal }] : [],
  ),
  responseStages: stagesOf(steps, ["response", "responseContent"]),
  doneStages: steps.flatMap(({ name, done }) =>
    done ? [{ step: name, handle: done }] : [],
  ),
  bodyReaders: steps.flatMap(({ name, readsBody, requestContent }) =>
    (readsBody ?? requestContent) ? [name] : [],
  ),
});

const stagesOf = (
  steps: readonly Step[],
  phases: readonly StepStage["phase"][],
): StepStage[] =>
  phases.flatMap((phase) =>
    steps.flatMap((step) =>
      step[phase] ? [{ step: step.name, phase, handle: step[phase] }] : [],
    ),
  );

import type { Origin } from "../origin/Origin";
import type { RouteFailure } from "./RouteFailure";
import type { StepHandler } from "./Step";

/** One handler of one step. */
export interface StepStage {
  /** Name of the step. */
  readonly step: string;

  readonly handle: StepHandler;
}

/** What a route runs. */
export interface RouteDefinition {
  /** Handlers to run before the origin, in order. */
  readonly requestStages: readonly StepStage[];

  /** Handlers to run after the origin, in order. */
  readonly responseStages: readonly StepStage[];

  /** Without one, the next handler of the host responds. */
  readonly origin: Origin | undefined;

  /** The names of the steps that read the bodies of requests, and `origin` if it needs them. */
  readonly bodyReaders: readonly string[];

  readonly onFault: ((failure: RouteFailure) => unknown) | undefined;
}

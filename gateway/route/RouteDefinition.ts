import type { TrustedProxies } from "../http/client/TrustedProxies";
import type { Exchange } from "../http/Exchange";
import type { RequestError } from "../http/RequestError";
import type { Origin } from "../origin/Origin";
import type { RenderFault } from "./Fault";
import type { Lifetime } from "./Lifetime";
import type { BodyLimits } from "./client/ClientOptions";
import type { RouteFailure } from "./RouteFailure";
import type { DoneHandler, OriginHandler, Step, StepHandler } from "./Step";

/** One handler of one step. */
export interface StepStage {
  /** Name of the step. */
  readonly step: string;

  readonly phase: "request" | "requestContent" | "response" | "responseContent";

  readonly handle: StepHandler;
}

/** What a step runs around the origin. */
export interface OriginStage {
  /** Name of the step. */
  readonly step: string;

  readonly handle: OriginHandler;
}

/** What a route runs. */
export interface RouteDefinition {
  /** Number of the route. In a router, a route keeps it. */
  readonly id: number;

  /** The steps from which the stages are made. */
  readonly steps: readonly Step[];

  /** Handlers to run before the origin, in order. */
  readonly requestStages: readonly StepStage[];

  /** Handlers to run around the origin; the first is the outermost. */
  readonly originStages: readonly OriginStage[];

  /** Handlers to run before a request is refused without the others, in order. */
  readonly refusalStages: readonly {
    readonly step: string;
    readonly handle: (exchange: Exchange) => unknown;
  }[];

  /** Handlers to run after the origin, in order. */
  readonly responseStages: readonly StepStage[];

  /** Handlers to run when an exchange has ended, in order. */
  readonly doneStages: readonly {
    readonly step: string;
    readonly handle: DoneHandler;
  }[];

  /** Without one, the next handler of the host responds. */
  readonly origin: Origin | undefined;

  /** Whether the host's next handler responds to some requests: those of a route without an origin. */
  readonly usesNext: boolean;

  /** The names of the steps that read the bodies of requests, and `origin` if it needs them. */
  readonly bodyReaders: readonly string[];

  readonly onFault: ((failure: RouteFailure) => unknown) | undefined;

  readonly renderFault: RenderFault | undefined;

  /** Proxies whose reports about the client count. Defaults to none. */
  readonly trustedProxies: TrustedProxies | undefined;

  /** What a client may take. */
  readonly limits: BodyLimits;

  /** The lifetime of the route, and before it that of the router it is in. */
  readonly lifetimes: readonly Lifetime[];

  /** Chooses the route for an exchange, if this is a router. */
  readonly select?: ((exchange: Exchange) => Selection) | undefined;
}

/** The route that a router has chosen. */
export interface Selection {
  readonly route: RouteDefinition;

  /** Why the request is refused instead. */
  readonly problem?: RequestError | undefined;
}

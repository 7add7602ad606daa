import type { Exchange } from "../../http/Exchange";
import { createAmbiguityError } from "../../http/RequestError";
import { createRoute } from "../createRoute";
import { Lifetime } from "../Lifetime";
import { respondToRefusal } from "../respondToFailure";
import { Route } from "../Route";
import type { RouteDefinition, Selection } from "../RouteDefinition";
import { toBodyLimits } from "../client/toBodyLimits";
import { toStages } from "../toStages";
import { toTrustedProxies } from "../client/toTrustedProxies";
import { createMatch } from "./createMatch";
import {
  DEFAULT_KEY,
  parsePattern,
  parseRouteKey,
  type RoutePattern,
} from "./RoutePattern";
import type { RouterOptions } from "./RouterOptions";
import { RouteTable, toTableOptions } from "./RouteTable";
import {
  validateRouterOptions,
  type RouterContext,
} from "./validateRouterOptions";

/** A router that is ready to choose routes. */
export interface CompiledRouter {
  /** The route for requests that match no other. */
  readonly unmatched: RouteDefinition;

  /** The lifetime of all routes. */
  readonly lifetime: Lifetime;

  readonly select: (exchange: Exchange) => Selection;
}

interface Entry {
  readonly pattern: RoutePattern;
  readonly route: RouteDefinition;
}

/**
 * Compiles the options of a router.
 *
 * @throws `ERR_INVALID_INPUT`. Nothing has been created then.
 */
export function compileRouter(
  options: RouterOptions,
  context: RouterContext,
): CompiledRouter {
  validateRouterOptions(options, context);
  const routes = Object.entries(options.routes).map(
    ([key, route]) =>
      [key, route instanceof Route ? route : createRoute(route)] as const,
  );
  const shared = readShared(
    options,
    routes.map(([, route]) => route),
  );
  const base = readBase(options.basePath);
  const entries = routes.map(([key, route]) => ({
    pattern: key === DEFAULT_KEY ? DEFAULT_PATTERN : belowBase(base, key),
    route: mergeRoute(shared, Route.definitionOf(route)),
  }));
  const unmatched = mergeRoute(shared, createUnmatched(options));
  const select = createSelect(options, entries, unmatched);
  return { unmatched, lifetime: shared.lifetime, select };
}

/** What all routes of a router have of it. */
type Shared = Pick<
  RouteDefinition,
  | "steps"
  | "bodyReaders"
  | "onFault"
  | "renderFault"
  | "trustedProxies"
  | "limits"
> & { readonly lifetime: Lifetime };

function readShared(options: RouterOptions, routes: readonly Route[]): Shared {
  const { steps = [], onFault, renderFault } = options;
  return {
    steps,
    bodyReaders: toStages(steps).bodyReaders,
    onFault,
    renderFault,
    trustedProxies: toTrustedProxies(options),
    limits: toBodyLimits(options),
    lifetime: new Lifetime([...steps, ...routes]),
  };
}

/** Creates the function that chooses the route of an exchange. */
function createSelect(
  options: RouterOptions,
  entries: readonly Entry[],
  unmatched: RouteDefinition,
): CompiledRouter["select"] {
  const { stageVariables = {} } = options;
  const table = new RouteTable<Entry>(toTableOptions(options));
  const fallback = entries.find(({ pattern }) => pattern === DEFAULT_PATTERN);
  for (const entry of entries) if (entry !== fallback) table.add(entry);
  return (exchange) => {
    const { method, path } = exchange.request;
    const finding = table.find({ method, path });
    if (finding === "ambiguous")
      return { route: unmatched, problem: createAmbiguityError() };
    const { entry = fallback, segments } = finding;
    if (!entry) return { route: unmatched };
    exchange.match = createMatch(entry.pattern, { segments, stageVariables });
    return { route: entry.route };
  };
}

const DEFAULT_PATTERN: RoutePattern = {
  key: DEFAULT_KEY,
  method: "ANY",
  path: "",
  segments: [],
};

/** The segments of the base path. It has been validated. */
function readBase(basePath = "/"): RoutePattern["segments"] {
  const segments = parsePattern(basePath.replace(/\/$/, "") || "/");
  return typeof segments === "string" ? [] : segments;
}

/** The pattern of a key below the base path. The key has been validated. */
function belowBase(base: RoutePattern["segments"], key: string): RoutePattern {
  const pattern = parseRouteKey(key);
  if (typeof pattern === "string") throw new Error(`${key} ${pattern}`);
  return { ...pattern, segments: [...base, ...pattern.segments] };
}

/** A route as part of a router: the router's steps come first, and its options apply where the route has none. */
const mergeRoute = (
  shared: Shared,
  route: RouteDefinition,
): RouteDefinition => ({
  ...route,
  ...toStages([...shared.steps, ...route.steps]),
  bodyReaders: [...shared.bodyReaders, ...route.bodyReaders],
  onFault: route.onFault ?? shared.onFault,
  renderFault: route.renderFault ?? shared.renderFault,
  trustedProxies: route.trustedProxies ?? shared.trustedProxies,
  limits: toBodyLimits(route.limits, shared.limits),
  lifetimes: [shared.lifetime, ...route.lifetimes],
});

/** What happens to requests that match no route. */
function createUnmatched({
  unmatched,
  ...options
}: RouterOptions): RouteDefinition {
  const route = Route.definitionOf(createRoute());
  if (unmatched === "next") return route;
  return {
    ...route,
    usesNext: false,
    origin: (exchange) =>
      Promise.resolve(
        respondToRefusal(
          {
            ...route,
            renderFault: options.renderFault,
            onFault: options.onFault,
          },
          {
            where: "router",
            refusal: { status: 404, reason: "no route matches the request" },
            exchange,
          },
        ),
      ),
  };
}

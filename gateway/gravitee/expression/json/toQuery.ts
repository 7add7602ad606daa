import type { JSONPathEnvironment, JSONPathQuery } from "json-p3";
import { Fault, fail } from "../errors/Fault";
import { Meter } from "../metering/Meter";
import { getJsonPath } from "../libraries/peers";
import { filterFunctions, metered } from "./filterFunctions";
import { meterQuery } from "./meterQuery";

let environment: JSONPathEnvironment | undefined;
let running: Meter | undefined;

const meterNow = (): Meter => running ?? new Meter();

/** Maximum depth of a document that is searched with `..`. */
const DEEPEST = 500;

function toEnvironment(): JSONPathEnvironment {
  if (environment) return environment;
  const { JSONPathEnvironment: Environment } = getJsonPath();
  environment = new Environment({ maxRecursionDepth: DEEPEST });
  for (const [name, call] of filterFunctions(meterNow))
    environment.functionRegister.set(name, call);
  for (const [name, call] of environment.functionRegister)
    environment.functionRegister.set(name, metered(call, meterNow));
  return environment;
}

/** Compiles a path in the syntax of RFC 9535. */
export function toQuery(path: string): JSONPathQuery {
  try {
    const query = toEnvironment().compile(path);
    meterQuery(query, meterNow);
    return query;
  } catch (error) {
    if (error instanceof Fault) throw error;
    return fail(
      `invalid JSONPath; ${error instanceof Error ? error.message : "unknown error"}`,
    );
  }
}

/** Returns a copy of a query without its last segment. */
export function withoutLast({
  environment: of,
  segments,
}: JSONPathQuery): JSONPathQuery {
  const { JSONPathQuery: Query } = getJsonPath();
  return new Query(of, segments.slice(0, -1));
}

/** Finds the locations that a query selects in a document. */
export function locate(
  query: JSONPathQuery,
  { document, meter }: { document: unknown; meter: Meter },
): (string | number)[][] {
  const before = running;
  running = meter;
  try {
    const locations: (string | number)[][] = [];
    for (const { location } of query.lazyQuery(document as never)) {
      meter.take(16 + 8 * location.length);
      locations.push(location);
    }
    return locations;
  } catch (error) {
    if (error instanceof Fault) throw error;
    return fail(
      `the JSONPath could not be evaluated; ${error instanceof Error ? error.message : "unknown error"}`,
    );
  } finally {
    running = before;
  }
}

import { BodyMemoryError } from "../../http/BodyMemoryError";
import type { Exchange } from "../../http/Exchange";
import { isObject } from "../../../src/internal";
import type { HostVariables } from "../configuration/HostVariables";
import type { PolicyOptions } from "../configuration/PolicyOptions";
import type { Requirements } from "./findRequirements";
import { readBodies, type BodyContents } from "./readBodies";
import { toConfigurationError } from "./toConfigurationError";

/** What the expressions of a policy read beyond the exchange itself. */
export interface Inputs {
  readonly bodies: BodyContents;
  readonly host: HostVariables;
  readonly secrets: ReadonlyMap<string, string>;
}

/** The inputs before anything has been read. */
export const NO_INPUTS: Inputs = { bodies: {}, host: {}, secrets: new Map() };

/** Default of `bodyLimit`, in bytes: Lambda's payload limit. */
const BODY_LIMIT = 6_291_456;

/** The maximum size of a body that expressions read, in bytes. */
export const getBodyLimit = ({
  bodyLimit = BODY_LIMIT,
}: PolicyOptions): number => bodyLimit;

/**
 * Reads what the templates require, and nothing else.
 *
 * @throws PolicyError.
 */
export async function readInputs(
  options: PolicyOptions,
  exchange: Exchange,
  { bodies, secrets, hostVariables }: Requirements,
): Promise<Inputs> {
  try {
    return {
      bodies: await readBodies(exchange, bodies, getBodyLimit(options)),
      secrets: await resolveSecrets(options, secrets),
      host: hostVariables ? await readHostVariables(options, exchange) : {},
    };
  } catch (cause) {
    // Not a failure of the policy: with `failSafe`, clients could skip the function by filling the memory.
    if (cause instanceof BodyMemoryError) throw cause;
    throw toConfigurationError(cause, options);
  }
}

const HOST_VARIABLES = [
  "api",
  "properties",
  "dictionaries",
  "endpoints",
  "node",
  "subscription",
  "pathParams",
  "ssl",
] satisfies (keyof HostVariables)[] as readonly string[];

async function readHostVariables(
  { variables }: PolicyOptions,
  exchange: Exchange,
): Promise<HostVariables> {
  const host: unknown = (await variables?.(exchange)) ?? {};
  if (!isObject(host)) throw new TypeError("variables must return an object");
  const unknown = Object.keys(host).find(
    (name) => !HOST_VARIABLES.includes(name),
  );
  if (unknown !== undefined)
    throw new TypeError(
      `variables must return an object with only ${HOST_VARIABLES.join(", ")}, but returned ${unknown}`,
    );
  return host;
}

async function resolveSecrets(
  { secrets }: PolicyOptions,
  paths: readonly string[],
): Promise<Map<string, string>> {
  const resolved = new Map<string, string>();
  if (secrets)
    for (const path of paths) resolved.set(path, await secrets(path));
  return resolved;
}

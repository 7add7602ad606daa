import type { InvokeFunctionResponse } from "../../src";
import type { Exchange } from "../core/Exchange";
import type { Stopping, Verdict } from "../core/Step";
import { EvaluationError } from "../expression/EvaluationError";
import type { Template } from "../expression/Template";
import { call } from "./call";
import type { Connectors } from "./Connectors";
import { readContents, type Reads } from "./contents";
import { toLambdaResponse } from "./LambdaResponse";
import { tell } from "../core/tell";
import type { Plan } from "./Plan";
import { ERRORS, PolicyError } from "./PolicyError";
import type { PolicyOptions } from "./PolicyOptions";
import type { ParsedTemplates } from "./readTemplates";
import { askHost, bind, scopeOf, type Known } from "./scopeOf";
import { settle, type Settled } from "./settle";
import { toReply } from "./toReply";

/** What a policy does at each exchange. */
export interface Job {
  readonly options: PolicyOptions;
  readonly plan: Plan;
  readonly condition: Template | undefined;
  readonly templates: ParsedTemplates;
  readonly connectors: Connectors;
  /** Bodies that it reads. */
  readonly reads: Reads;
  /** Secrets that it asks for. */
  readonly secrets: readonly string[];
}

/** Longest body that expressions read where nobody says, in bytes: as long as a function's payload may be. */
const BODY_LIMIT = 6_291_456;

/** What becomes of a function's answer. What it throws is a failure of the policy, too. */
export type Use = (answered: InvokeFunctionResponse) => Verdict;

/** How much of a body expressions may read. */
export const limitOf = ({ bodyLimit = BODY_LIMIT }: PolicyOptions): number =>
  bodyLimit;

/** Calls the function about an exchange, binds its answer, sets the variables, and makes use of the answer. */
export async function perform(
  job: Job,
  exchange: Exchange,
  use: Use,
): Promise<Verdict> {
  const { options } = job;
  let known = NOTHING;
  try {
    known = await know(job, exchange);
    const settled = settleOrFail(job, exchange, known);
    if (!settled) return undefined;
    const { connectors } = job;
    const answered = await call({ settled, connectors, options });
    bind(exchange, toLambdaResponse(answered));
    setVariables(job, exchange, known);
    return use(answered);
  } catch (error) {
    return fail(job, exchange, { error, known });
  }
}

const NOTHING: Known = { contents: {}, host: {}, secrets: new Map() };

/**
 * Tells the host of a failure; what the client is answered with, unless the policy is to be fail-safe.
 *
 * @throws What is no failure of a policy's.
 */
export function fail(
  { options, templates }: Job,
  exchange: Exchange,
  { error, known = NOTHING }: { error: unknown; known?: Known },
): Stopping | undefined {
  if (!(error instanceof PolicyError)) throw error;
  const isSuppressed = options.failSafe ?? false;
  tell(options.onFailure, { error, isSuppressed, exchange });
  if (isSuppressed) return undefined;
  const scope = scopeOf(exchange, known);
  return { stop: toReply(error, { exchange, templates, scope }) };
}

async function know(
  { options, reads, secrets }: Job,
  exchange: Exchange,
): Promise<Known> {
  try {
    const contents = await readContents(exchange, reads, limitOf(options));
    const { host, secrets: found } = await askHost(exchange, options, secrets);
    return { contents, host, secrets: found };
  } catch (cause) {
    throw invalidConfiguration(cause, options);
  }
}

/** Nothing: the condition does not hold. */
function settleOrFail(
  { options, plan, condition }: Job,
  exchange: Exchange,
  known: Known,
): Settled | undefined {
  const scope = scopeOf(exchange, known);
  try {
    if (condition && !condition.toBoolean(scope)) return undefined;
    return settle(plan, scope, exchange.attributes);
  } catch (cause) {
    throw invalidConfiguration(cause, options);
  }
}

/** The vendor tells a client of no more; the host is told what it was. */
function invalidConfiguration(
  cause: unknown,
  { details }: PolicyOptions,
): PolicyError {
  return new PolicyError(ERRORS.invalidResponse, {
    cause,
    details: details === "hidden" ? undefined : "Invalid configuration",
  });
}

/** In order, so that each may use what those before it have set. */
function setVariables(
  { options, plan }: Job,
  exchange: Exchange,
  known: Known,
): void {
  for (const { name, value } of plan.variables)
    try {
      const text = value?.toText(scopeOf(exchange, known)) ?? null;
      exchange.attributes.set(name, text);
    } catch (cause) {
      const error = variableFailed(cause, options);
      if (options.semantics === "v4") throw error;
      tell(options.onFailure, { error, isSuppressed: true, exchange });
    }
}

function variableFailed(cause: unknown, options: PolicyOptions): PolicyError {
  const isTold = options.details !== "hidden";
  return new PolicyError(ERRORS.variable, {
    cause,
    ...(isTold &&
      cause instanceof EvaluationError && {
        details: `Expression: ${cause.expression} failed with message ${cause.reason}`,
      }),
  });
}

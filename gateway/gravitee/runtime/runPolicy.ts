import type { InvokeFunctionResponse } from "../../../src";
import type { Exchange } from "../../http/Exchange";
import type { Stopping, Verdict } from "../../route/Step";
import { EvaluationError } from "../expression/errors/EvaluationError";
import type { Template } from "../expression/Template";
import { call } from "./invokeLambda";
import type { Connectors } from "./ConnectorCache";
import { readContents } from "./readBodies";
import type { Needs } from "./findRequirements";
import { toLambdaResponse } from "../response/toLambdaResponse";
import { tell } from "../../route/tell";
import type { Plan } from "../configuration/ParsedConfiguration";
import { ERRORS, PolicyError } from "../errors/PolicyError";
import type { PolicyOptions } from "../configuration/PolicyOptions";
import type { ParsedTemplates } from "../configuration/readResponseTemplates";
import { askHost, askSecrets, bind, scopeOf, type Known } from "./createScope";
import { named } from "./withOptionName";
import type { PolicyFailure } from "../errors/PolicyFailure";
import { settle, type Settled } from "./evaluateConfiguration";
import { toReply } from "../response/toFailureResponse";

/** What a policy is called where nobody names it. */
export const NAME = "aws-lambda";

/** What a policy does at each exchange. */
export interface Job {
  readonly options: PolicyOptions;
  readonly plan: Plan;
  /** Absent: it runs always. */
  readonly condition?: { readonly template: Template; readonly needs: Needs };
  readonly needs: Needs;
  readonly templates: ParsedTemplates;
  readonly connectors: Connectors;
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
  const { options, connectors } = job;
  let known = NOTHING;
  try {
    if (!(await holds(job, exchange))) return undefined;
    known = await know(job, exchange, job.needs);
    const settled = settleOrFail(job, exchange, known);
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
  tellFailure(options, { error, isSuppressed, exchange });
  if (isSuppressed) return undefined;
  const scope = scopeOf(exchange, known);
  return { stop: toReply(error, { exchange, templates, scope }) };
}

function tellFailure(
  { onFailure, name: policy = NAME }: PolicyOptions,
  failure: Omit<PolicyFailure, "policy">,
): void {
  tell(onFailure, { policy, ...failure });
}

/** Whether the condition holds; no more is asked and read for it than it needs itself. */
async function holds(job: Job, exchange: Exchange): Promise<boolean> {
  const { condition, options } = job;
  if (!condition) return true;
  const known = await know(job, exchange, condition.needs);
  try {
    const scope = scopeOf(exchange, known);
    return named("condition", () => condition.template.toBoolean(scope));
  } catch (cause) {
    throw invalidConfiguration(cause, options);
  }
}

async function know(
  { options }: Job,
  exchange: Exchange,
  { reads, secrets, asksHost }: Needs,
): Promise<Known> {
  try {
    return {
      contents: await readContents(exchange, reads, limitOf(options)),
      secrets: await askSecrets(options, secrets),
      host: asksHost ? await askHost(options, exchange) : {},
    };
  } catch (cause) {
    throw invalidConfiguration(cause, options);
  }
}

function settleOrFail(
  { options, plan }: Job,
  exchange: Exchange,
  known: Known,
): Settled {
  try {
    return settle(plan, scopeOf(exchange, known), exchange.attributes);
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
  // One scope, so that what several of them read of the answer is parsed once.
  const scope = scopeOf(exchange, known);
  for (const { name, value } of plan.variables)
    try {
      exchange.attributes.set(name, value?.toText(scope) ?? null);
    } catch (cause) {
      const error = variableFailed(cause, options);
      if (options.semantics === "v4") throw error;
      tellFailure(options, { error, isSuppressed: true, exchange });
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

import type { InvokeFunctionResponse } from "../../../src";
import type { Exchange } from "../../http/Exchange";
import type { RespondVerdict, Verdict } from "../../route/Verdict";
import { EvaluationError } from "../expression/errors/EvaluationError";
import type { Template } from "../expression/Template";
import { invokeLambda } from "./invokeLambda";
import type { ConnectorCache } from "./ConnectorCache";
import { readBodies } from "./readBodies";
import type { Requirements } from "./findRequirements";
import { toLambdaResponse } from "../response/toLambdaResponse";
import { callListener } from "../../route/callListener";
import type { ParsedConfiguration } from "../configuration/ParsedConfiguration";
import { AWS_LAMBDA_ERRORS, PolicyError } from "../errors/PolicyError";
import type { PolicyOptions } from "../configuration/PolicyOptions";
import type { ParsedResponseTemplates } from "../configuration/readResponseTemplates";
import {
  readHostVariables,
  resolveSecrets,
  bindLambdaResponse,
  createScope,
  type ExpressionInputs,
} from "./createScope";
import { withOptionName } from "./withOptionName";
import type { PolicyFailure } from "../errors/PolicyFailure";
import {
  evaluateConfiguration,
  type EvaluatedConfiguration,
} from "./evaluateConfiguration";
import { toFailureResponse } from "../response/toFailureResponse";

/** What a policy is called where nobody names it. */
export const DEFAULT_NAME = "aws-lambda";

/** What a policy does at each exchange. */
export interface CompiledPolicy {
  readonly options: PolicyOptions;
  readonly configuration: ParsedConfiguration;
  /** Absent: it runs always. */
  readonly condition?: {
    readonly template: Template;
    readonly requirements: Requirements;
  };
  readonly needs: Requirements;
  readonly responseTemplates: ParsedResponseTemplates;
  readonly connectors: ConnectorCache;
}

/** Longest body that expressions read where nobody says, in bytes: as long as a function's payload may be. */
const BODY_LIMIT = 6_291_456;

/** What becomes of a function's answer. What it throws is a failure of the policy, too. */
export type ResultHandler = (answered: InvokeFunctionResponse) => Verdict;

/** How much of a body expressions may read. */
export const bodyLimitOf = ({
  bodyLimit = BODY_LIMIT,
}: PolicyOptions): number => bodyLimit;

/** Calls the function about an exchange, binds its answer, sets the variables, and makes use of the answer. */
export async function runPolicy(
  job: CompiledPolicy,
  exchange: Exchange,
  use: ResultHandler,
): Promise<Verdict> {
  const { options, connectors } = job;
  let known = NOTHING;
  try {
    if (!(await holds(job, exchange))) return undefined;
    known = await know(job, exchange, job.needs);
    const settled = settleOrFail(job, exchange, known);
    const answered = await invokeLambda({ settled, connectors, options });
    bindLambdaResponse(exchange, toLambdaResponse(answered));
    setVariables(job, exchange, known);
    return use(answered);
  } catch (error) {
    return handleFailure(job, exchange, { error, known });
  }
}

const NOTHING: ExpressionInputs = { bodies: {}, host: {}, secrets: new Map() };

/**
 * Tells the host of a failure; what the client is answered with, unless the policy is to be fail-safe.
 *
 * @throws What is no failure of a policy's.
 */
export function handleFailure(
  { options, responseTemplates: templates }: CompiledPolicy,
  exchange: Exchange,
  { error, known = NOTHING }: { error: unknown; known?: ExpressionInputs },
): RespondVerdict | undefined {
  if (!(error instanceof PolicyError)) throw error;
  const isSuppressed = options.failSafe ?? false;
  tellFailure(options, { error, isSuppressed, exchange });
  if (isSuppressed) return undefined;
  const scope = createScope(exchange, known);
  return { respond: toFailureResponse(error, { exchange, templates, scope }) };
}

function tellFailure(
  { onFailure, name: policy = DEFAULT_NAME }: PolicyOptions,
  failure: Omit<PolicyFailure, "policy">,
): void {
  callListener(onFailure, { policy, ...failure });
}

/** Whether the condition holds; no more is asked and read for it than it needs itself. */
async function holds(
  job: CompiledPolicy,
  exchange: Exchange,
): Promise<boolean> {
  const { condition, options } = job;
  if (!condition) return true;
  const known = await know(job, exchange, condition.requirements);
  try {
    const scope = createScope(exchange, known);
    return withOptionName("condition", () =>
      condition.template.toBoolean(scope),
    );
  } catch (cause) {
    throw invalidConfiguration(cause, options);
  }
}

async function know(
  { options }: CompiledPolicy,
  exchange: Exchange,
  { bodies: reads, secrets, hostVariables: asksHost }: Requirements,
): Promise<ExpressionInputs> {
  try {
    return {
      bodies: await readBodies(exchange, reads, bodyLimitOf(options)),
      secrets: await resolveSecrets(options, secrets),
      host: asksHost ? await readHostVariables(options, exchange) : {},
    };
  } catch (cause) {
    throw invalidConfiguration(cause, options);
  }
}

function settleOrFail(
  { options, configuration: plan }: CompiledPolicy,
  exchange: Exchange,
  known: ExpressionInputs,
): EvaluatedConfiguration {
  try {
    return evaluateConfiguration(
      plan,
      createScope(exchange, known),
      exchange.attributes,
    );
  } catch (cause) {
    throw invalidConfiguration(cause, options);
  }
}

/** The vendor tells a client of no more; the host is told what it was. */
function invalidConfiguration(
  cause: unknown,
  { details }: PolicyOptions,
): PolicyError {
  return new PolicyError(AWS_LAMBDA_ERRORS.invalidResponse, {
    cause,
    details: details === "hidden" ? undefined : "Invalid configuration",
  });
}

/** In order, so that each may use what those before it have set. */
function setVariables(
  { options, configuration: plan }: CompiledPolicy,
  exchange: Exchange,
  known: ExpressionInputs,
): void {
  // One scope, so that what several of them read of the answer is parsed once.
  const scope = createScope(exchange, known);
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
  return new PolicyError(AWS_LAMBDA_ERRORS.templateVariableException, {
    cause,
    ...(isTold &&
      cause instanceof EvaluationError && {
        details: `Expression: ${cause.expression} failed with message ${cause.reason}`,
      }),
  });
}

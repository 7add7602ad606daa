import { InvalidInputError, type Issue } from "../../src";
import type { Step } from "../route/Step";
import type { Template } from "./expression/Template";
import { ConnectorCache } from "./runtime/ConnectorCache";
import { isObject } from "../route/Fields";
import { checkPolicy } from "./runtime/checkPolicy";
import { DEFAULT_NAME } from "./runtime/runPolicy";
import { findRequirements } from "./runtime/findRequirements";
import { createPhases } from "./runtime/createPhases";
import type { ParsedConfiguration } from "./configuration/ParsedConfiguration";
import type { PolicyOptions } from "./configuration/PolicyOptions";
import { readOptions } from "./configuration/readOptions";
import { readConfiguration } from "./configuration/readConfiguration";
import { readResponseTemplates } from "./configuration/readResponseTemplates";

/**
 * A policy as a step, and how it lets go of its connections.
 *
 * @category Gateway
 */
export interface PolicyStep extends Step {
  /** Lets go of its connections; calls under way come to their end. Idle ones keep no process alive. */
  close(): void;
}

/**
 * Gravitee's `aws-lambda` policy as a step: calls a function with a payload made of the exchange, keeps parts of its answer as
 * attributes, and answers the client with it where `sendToConsumer` says so.
 *
 * @returns The step. Rejects if an expression needs an optional package that is not installed.
 *
 * @throws `ERR_INVALID_INPUT` naming each option and each expression that breaks a rule, with its place in the text.
 *
 * @see {@link https://documentation.gravitee.io/apim/create-and-configure-apis/apply-policies/policy-reference/aws-lambda |
 * Gravitee's documentation of the policy}
 *
 * @example
 * const step = await awsLambdaPolicy({
 *   semantics: "v4",
 *   configuration: {
 *     region: "eu-west-1",
 *     function: "stock-lookup",
 *     payload: `{ "sku": "{#request.params['sku']}" }`,
 *     variables: [
 *       { name: "level", value: "{#jsonPath(#lambdaResponse.content, '$.level')}" },
 *     ],
 *   },
 * });
 * const route = createRoute({ steps: [step], origin: "http://127.0.0.1:3000" });
 *
 * @category Gateway
 */
export function awsLambdaPolicy(options: PolicyOptions): Promise<PolicyStep> {
  return new Promise((resolve) => {
    resolve(createPolicyStep(options));
  });
}

/** Loads the optional packages that the expressions need, while it parses them. */
function createPolicyStep(options: PolicyOptions): PolicyStep {
  if (!isObject(options))
    refuse([
      {
        path: "",
        rule: "object",
        message: "it takes an object with configuration and semantics",
      },
    ]);
  const { plan, issues: ofPlan } = readConfiguration(options);
  const { templates, issues: ofTemplates } = readResponseTemplates(
    options.responseTemplates,
  );
  const { condition, issues: ofOptions } = readOptions(options);
  const connectors = new ConnectorCache(options);
  const seen = plan ? templatesOf(plan) : [];
  const issues = [...ofOptions, ...ofPlan, ...ofTemplates];
  if (plan && ofOptions.length === 0)
    issues.push(...checkPolicy(plan, { options, connectors, condition }));
  if (!plan || issues.length > 0) refuse(issues);
  return {
    name: options.name ?? DEFAULT_NAME,
    ...createPhases({
      options,
      configuration: plan,
      ...(condition && {
        condition: {
          template: condition,
          requirements: findRequirements([condition], { ...plan, ...options }),
        },
      }),
      responseTemplates: templates,
      connectors,
      needs: {
        ...findRequirements(seen, { ...plan, ...options }),
        hostVariables: true,
      },
    }),
    close: () => {
      connectors.close();
    },
  };
}

function templatesOf({
  templates: texts,
  variables,
}: ParsedConfiguration): Template[] {
  return [...texts.values(), ...variables.flatMap(({ value }) => value ?? [])];
}

function refuse(issues: readonly Issue[]): never {
  throw new InvalidInputError({
    operation: "awsLambdaPolicy",
    message: `awsLambdaPolicy: the step was not made: ${issues.map(({ message }) => message).join("; ")}.`,
    retryable: false,
    issues,
  });
}

import { InvalidInputError, type Issue } from "../../src";
import { describeIssues, isObject, toSentence } from "../../src/internal";
import type { Step } from "../route/Step";
import type { PolicyOptions } from "./configuration/PolicyOptions";
import { readConfiguration } from "./configuration/readConfiguration";
import { readOptions } from "./configuration/readOptions";
import { readResponseTemplates } from "./configuration/readResponseTemplates";
import { loadLibraries } from "./expression/libraries/peers";
import { checkPolicy } from "./runtime/checkPolicy";
import type { CompiledPolicy } from "./runtime/CompiledPolicy";
import { ConnectorCache } from "./runtime/ConnectorCache";
import { createPhases } from "./runtime/createPhases";
import { findRequirements } from "./runtime/findRequirements";
import { DEFAULT_NAME } from "./runtime/handleFailure";

/**
 * The step that `awsLambdaPolicy` creates.
 *
 * @category Gateway
 */
export interface PolicyStep extends Step {
  /** Closes the step's connections to AWS. Invocations in progress complete; new ones fail. Idle connections do not keep the process alive. */
  close(): void;
}

/**
 * Creates a step from a configuration of Gravitee's `aws-lambda` policy.
 *
 * The step invokes a function with a payload built from the exchange, sets context attributes from the response, and sends the response
 * to the client if `sendToConsumer` is true.
 *
 * @returns The step. Rejects if an expression needs an optional package that is not installed.
 *
 * @throws `ERR_INVALID_INPUT` with one issue for each option that is not valid, and each expression, with its position.
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
 *       {
 *         name: "level",
 *         value: "{#jsonPath(#lambdaResponse.content, '$.level')}",
 *       },
 *     ],
 *   },
 * });
 * const route = createRoute({ steps: [step], origin: "http://127.0.0.1:3000" });
 *
 * @category Gateway
 */
export async function awsLambdaPolicy(
  options: PolicyOptions,
): Promise<PolicyStep> {
  if (mayHaveExpressions(options)) await loadLibraries();
  const policy = await compile(options);
  return {
    name: options.name ?? DEFAULT_NAME,
    readsBody: policy.requirements.bodies.request,
    ...createPhases(policy),
    close: () => {
      policy.connectors.close();
    },
  };
}

/** Whether an option can contain an expression. Only the libraries of expressions take time to load. */
function mayHaveExpressions(options: PolicyOptions): boolean {
  let found = false;
  try {
    const { configuration, condition, responseTemplates } = options;
    JSON.stringify(
      [configuration, condition, responseTemplates],
      (_, value) => {
        if (typeof value === "string" && value.includes("{"))
          found ||= value.includes("#") || value.includes("(");
        return value as unknown;
      },
    );
  } catch {
    // Not valid options, which are reported below.
    return false;
  }
  return found;
}

const NOT_AN_OBJECT: Issue = {
  path: "",
  rule: "object",
  message: "the options must be an object with configuration and semantics",
};

async function compile(options: PolicyOptions): Promise<CompiledPolicy> {
  if (!isObject(options)) rejectOptions([NOT_AN_OBJECT]);
  const { configuration, issues: configurationIssues } =
    readConfiguration(options);
  const { templates: responseTemplates, issues: templateIssues } =
    readResponseTemplates(options.responseTemplates);
  const { condition, issues: optionIssues } = readOptions(options);
  const connectors = new ConnectorCache(options);
  const issues = [...optionIssues, ...configurationIssues, ...templateIssues];
  if (configuration && optionIssues.length === 0)
    issues.push(
      ...(await checkPolicy(configuration, { options, connectors, condition })),
    );
  if (!configuration || issues.length > 0) rejectOptions(issues);
  const settings = {
    semantics: options.semantics,
    scope: configuration.scope,
  };
  const templates = [
    ...configuration.templates.values(),
    ...configuration.variables.flatMap(({ value }) => value ?? []),
  ];
  return {
    options,
    configuration,
    requirements: {
      ...findRequirements(templates, settings),
      hostVariables: true,
    },
    ...(condition && {
      condition: {
        template: condition,
        requirements: findRequirements([condition], settings),
      },
    }),
    responseTemplates,
    connectors,
  };
}

function rejectOptions(issues: readonly Issue[]): never {
  throw new InvalidInputError({
    operation: "awsLambdaPolicy",
    message: `awsLambdaPolicy: ${toSentence(describeIssues(issues))}`,
    retryable: false,
    issues,
  });
}

// The routes of the gateway: for each path the policies' JSON, and a curl command that shows what they do.
import { createRoute } from "aws-lambda-connector/gateway";
import { awsLambdaPolicy } from "aws-lambda-connector/gateway/gravitee";
import { paint } from "../../print.mjs";
import { FAILURES } from "./failures.mjs";
import { ADDITIONAL } from "./additional.mjs";
import { V3 } from "./v3.mjs";
import { V4 } from "./v4.mjs";

const CASES = [...V4, ...V3, ...FAILURES, ...ADDITIONAL];

/** Creates the routes, ready for an adapter. */
export function createRoutes({ connection, origin }) {
  return Promise.all(
    CASES.map(async ({ policies, laterSteps = [], ...example }) => {
      const steps = await Promise.all(
        policies.map(({ configuration, ...options }) =>
          awsLambdaPolicy({
            semantics: "v4",
            connection,
            onFailure: ({ error, isSuppressed }) => {
              const outcome = isSuppressed
                ? "the request continues"
                : "the policy responds";
              console.log(
                `   ${paint("yellow", "!")} ${example.path} ${error.key}: ${outcome}`,
              );
            },
            ...options,
            configuration: { region: "eu-central-1", ...configuration },
          }),
        ),
      );
      const route = createRoute({
        steps: [...steps, ...laterSteps],
        origin,
        onFault: ({ where, error }) => {
          console.log(`   ${paint("red", "✗")} ${where}: ${error.message}`);
        },
      });
      return { ...example, route };
    }),
  );
}

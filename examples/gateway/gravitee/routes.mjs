// The routes of the gateway: for each path the policies' JSON, and a curl command that shows what they do.
import { createRoute } from "aws-lambda-connector/gateway";
import { awsLambdaPolicy } from "aws-lambda-connector/gateway/gravitee";
import { paint } from "../../print.mjs";
import { FAILURES } from "./failures.mjs";
import { FURTHER } from "./further.mjs";
import { NEWER } from "./newer.mjs";
import { OLDER } from "./older.mjs";

const SERVED = [...NEWER, ...OLDER, ...FAILURES, ...FURTHER];

/** The routes, ready for an adapter. */
export function routesOf({ connection, origin }) {
  return Promise.all(
    SERVED.map(async ({ policies, behind = [], ...served }) => {
      const steps = await Promise.all(
        policies.map(({ configuration, ...options }) =>
          awsLambdaPolicy({
            semantics: "v4",
            connection,
            onFailure: ({ error, isSuppressed }) => {
              const then = isSuppressed
                ? "the call goes on"
                : "the call is answered";
              console.log(
                `   ${paint("yellow", "!")} ${served.path} ${error.key}: ${then}`,
              );
            },
            ...options,
            configuration: { region: "eu-central-1", ...configuration },
          }),
        ),
      );
      const route = createRoute({
        steps: [...steps, ...behind],
        origin,
        onFault: ({ where, error }) => {
          console.log(`   ${paint("red", "✗")} ${where}: ${error.message}`);
        },
      });
      return { ...served, route };
    }),
  );
}

import { pathToFileURL } from "node:url";
import type { Call } from "../state/ApiCall";
import type { HttpAnswer } from "../http/HttpResponse";
import { addressFunction, functionNotFound } from "./resolveFunction";
import { configurationWithState } from "./toConfiguration";
import type { FunctionVersion } from "../state/FunctionVersion";
import { LATEST } from "../state/LambdaFunction";

/** Describes a function and says where its code is. */
export function getFunction(call: Call): HttpAnswer {
  const { version, arn } = findVersion(call, "lambda:GetFunction");
  const { code } = version.of;
  return json({
    Configuration: configurationWithState(version, arn),
    Code: {
      RepositoryType: "S3",
      // A module's file takes the place of the signed link; inline code has no place to link to.
      ...(code.kind === "file" && { Location: pathToFileURL(code.path).href }),
    },
  });
}

/** Describes a function. */
export function getFunctionConfiguration(call: Call): HttpAnswer {
  const action = "lambda:GetFunctionConfiguration";
  const { version, arn } = findVersion(call, action);
  return json(configurationWithState(version, arn));
}

function findVersion(
  call: Call,
  action: string,
): { readonly version: FunctionVersion; readonly arn: string } {
  const { found, qualifier = LATEST, arn } = addressFunction(call, { action });
  const version = found?.resolve(qualifier);
  if (!version) throw functionNotFound(arn);
  return { version, arn };
}

function json(value: unknown): HttpAnswer {
  return {
    status: 200,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(value),
  };
}

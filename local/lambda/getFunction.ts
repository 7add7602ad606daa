import { pathToFileURL } from "node:url";
import type { ApiCall } from "../state/ApiCall";
import type { HttpResponse } from "../http/HttpResponse";
import {
  resolveFunction,
  createFunctionNotFoundError,
} from "./resolveFunction";
import { toConfigurationWithState } from "./toConfiguration";
import type { FunctionVersion } from "../state/FunctionVersion";
import { LATEST } from "../state/LambdaFunction";

/** Returns the configuration of a function and the location of its code. */
export function getFunction(call: ApiCall): HttpResponse {
  const { version, arn } = findVersion(call, "lambda:GetFunction");
  const { code } = version.of;
  return json({
    Configuration: toConfigurationWithState(version, arn),
    Code: {
      RepositoryType: "S3",
      // The file URL of the module replaces AWS's presigned URL. Inline code has no location.
      ...(code.kind === "file" && { Location: pathToFileURL(code.path).href }),
    },
  });
}

/** Returns the configuration of a function. */
export function getFunctionConfiguration(call: ApiCall): HttpResponse {
  const action = "lambda:GetFunctionConfiguration";
  const { version, arn } = findVersion(call, action);
  return json(toConfigurationWithState(version, arn));
}

function findVersion(
  call: ApiCall,
  action: string,
): { readonly version: FunctionVersion; readonly arn: string } {
  const { found, qualifier = LATEST, arn } = resolveFunction(call, { action });
  const version = found?.resolve(qualifier);
  if (!version) throw createFunctionNotFoundError(arn);
  return { version, arn };
}

function json(value: unknown): HttpResponse {
  return {
    status: 200,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(value),
  };
}

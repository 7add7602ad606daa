import type { ApiCall } from "../state/ApiCall";
import type { HttpResponse } from "../http/HttpResponse";
import { authorize } from "../iam/authorize";
import { findCodeProblems } from "../options/findCodeProblems";
import { toConfigurationWithState, getLatestVersion } from "./toConfiguration";
import { createLambdaError } from "../protocol/createLambdaError";
import { createFunctionArn } from "../state/LambdaFunction";
import { readCreateFunction } from "./readCreateFunction";

/**
 * Creates a function from a module on this machine. `Code` is `{ S3Bucket: "local", S3Key: <folder
 * or module file> }`. Nothing is copied; the module runs from its file.
 */
export async function createFunction(call: ApiCall): Promise<HttpResponse> {
  const { accountId } = call.caller;
  const definition = readCreateFunction(call);
  const arn = createFunctionArn({ ...definition, accountId });
  authorize(call, {
    service: "lambda",
    action: "lambda:CreateFunction",
    resource: arn,
    ownerId: accountId,
  });
  const { functions } = call.cloud.account(accountId);
  const refuseExisting = () => {
    if (functions.find(definition))
      throw createLambdaError(
        "ResourceConflictException",
        `Function already exist: ${definition.name}`,
      );
  };
  refuseExisting();
  const [problem] = await findCodeProblems(
    [{ definitions: [definition], accountId }],
    call.cloud,
  );
  if (problem !== undefined)
    throw createLambdaError("InvalidParameterValueException", problem);
  refuseExisting();
  const created = call.cloud.addFunction(definition, accountId);
  return {
    status: 201,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(
      toConfigurationWithState(getLatestVersion(created), arn),
    ),
  };
}

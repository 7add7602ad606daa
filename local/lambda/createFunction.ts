import type { ApiCall } from "../state/ApiCall";
import type { HttpResponse } from "../http/HttpResponse";
import { authorize } from "../iam/authorize";
import { findCodeProblems } from "../options/findCodeProblems";
import { toConfigurationWithState, getLatestVersion } from "./toConfiguration";
import { createLambdaError } from "../protocol/createLambdaError";
import { functionArn } from "../state/LambdaFunction";
import { readCreateFunction } from "./readCreateFunction";

/**
 * Creates a function from a module on this machine. `Code` is `{ S3Bucket: "local",
 * S3Key: <folder or module file> }`: no archive is unpacked, the module runs where it lies.
 */
export async function createFunction(call: ApiCall): Promise<HttpResponse> {
  const { accountId } = call.caller;
  const definition = readCreateFunction(call);
  const arn = functionArn({ ...definition, accountId });
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
  const [problem] = await findCodeProblems([definition]);
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

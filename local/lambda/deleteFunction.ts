import type { ApiCall } from "../state/ApiCall";
import type { HttpResponse } from "../http/HttpResponse";
import {
  resolveFunction,
  createFunctionNotFoundError,
  type ResolvedFunction,
} from "./resolveFunction";
import { createLambdaError } from "../protocol/createLambdaError";
import { LATEST, type LambdaFunction } from "../state/LambdaFunction";

/** Deletes a function with all its versions, or one published version. */
export async function deleteFunction(call: ApiCall): Promise<HttpResponse> {
  const address = resolveFunction(call, { action: "lambda:DeleteFunction" });
  const { found, qualifier } = address;
  if (qualifier === LATEST)
    throw createLambdaError(
      "InvalidParameterValueException",
      "$LATEST version cannot be deleted without deleting the function.",
    );
  if (!found) throw createFunctionNotFoundError(address.arn);
  if (qualifier === undefined)
    await call.cloud.account(found.accountId).functions.remove(address);
  else await deleteVersion(found, { address, qualifier });
  return { status: 204, headers: {}, body: "" };
}

async function deleteVersion(
  found: LambdaFunction,
  named: { readonly address: ResolvedFunction; readonly qualifier: string },
): Promise<void> {
  const { qualifier, address } = named;
  if (!/^\d+$/.test(qualifier))
    throw createLambdaError(
      "InvalidParameterValueException",
      "Deletion of aliases is not currently supported.",
    );
  const version = found.versions.get(qualifier);
  if (!version) throw createFunctionNotFoundError(address.arn);
  const aliases = [...found.definition.aliases]
    .filter(([, target]) => target === qualifier)
    .map(([alias]) => alias);
  if (aliases.length > 0)
    throw createLambdaError(
      "ResourceConflictException",
      `Unable to delete version because the following aliases reference it: [${aliases.join(", ")}]`,
    );
  found.versions.delete(qualifier);
  await version.close();
}

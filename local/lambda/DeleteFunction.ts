import type { Call } from "../state/ApiCall";
import type { HttpAnswer } from "../http/HttpResponse";
import {
  addressFunction,
  functionNotFound,
  type Address,
} from "./resolveFunction";
import { lambdaError } from "../protocol/createLambdaError";
import { LATEST, type LambdaFunction } from "../state/LambdaFunction";

/** Deletes a function with everything it has, or one published version of it. */
export async function deleteFunction(call: Call): Promise<HttpAnswer> {
  const address = addressFunction(call, { action: "lambda:DeleteFunction" });
  const { found, qualifier } = address;
  if (qualifier === LATEST)
    throw lambdaError(
      "InvalidParameterValueException",
      "$LATEST version cannot be deleted without deleting the function.",
    );
  if (!found) throw functionNotFound(address.arn);
  if (qualifier === undefined)
    await call.cloud.account(found.accountId).functions.remove(address);
  else await deleteVersion(found, { address, qualifier });
  return { status: 204, headers: {}, body: "" };
}

async function deleteVersion(
  found: LambdaFunction,
  named: { readonly address: Address; readonly qualifier: string },
): Promise<void> {
  const { qualifier, address } = named;
  if (!/^\d+$/.test(qualifier))
    throw lambdaError(
      "InvalidParameterValueException",
      "Deletion of aliases is not currently supported.",
    );
  const version = found.versions.get(qualifier);
  if (!version) throw functionNotFound(address.arn);
  const aliases = [...found.definition.aliases]
    .filter(([, target]) => target === qualifier)
    .map(([alias]) => alias);
  if (aliases.length > 0)
    throw lambdaError(
      "ResourceConflictException",
      `Unable to delete version because the following aliases reference it: [${aliases.join(", ")}]`,
    );
  found.versions.delete(qualifier);
  await version.close();
}

import { inspect } from "node:util";
import { instanceToPlain } from "class-transformer";
import { isConnectorError, type AnyConnectorError } from "../src/errors";
import { checkForm } from "./checkForm";
import { EXTERNAL_ID, SESSION_SECRET, SESSION_TOKEN } from "./awsResponses";
import { exampleCredentials } from "./connection";

const SECRETS = {
  secretAccessKey: exampleCredentials.secretAccessKey,
  externalId: EXTERNAL_ID,
  sessionSecret: SESSION_SECRET,
  sessionToken: SESSION_TOKEN,
};

/** Returns the connector error that is thrown. Throws if anything else happens, or if the error contains a secret. */
export async function catchError(
  work: Promise<unknown> | (() => unknown),
): Promise<AnyConnectorError> {
  const thrown = await catchAny(work);
  if (!isConnectorError(thrown))
    throw new Error("The thrown value is not a connector error.", {
      cause: thrown,
    });
  const found = findSecrets(thrown);
  if (found.length > 0)
    throw new Error(`The error contains secrets: ${found.join()}`);
  checkForm(thrown);
  return thrown;
}

async function catchAny(
  work: Promise<unknown> | (() => unknown),
): Promise<unknown> {
  try {
    await (typeof work === "function" ? work() : work);
  } catch (error) {
    return error;
  }
  throw new Error("Nothing was thrown.");
}

/** Finds secrets in a value, however it is printed. Returns `<secret> in <format>` for each. */
export function findSecrets(
  value: unknown,
  secrets: Readonly<Record<string, string>> = SECRETS,
): string[] {
  return Object.entries(printAll(value)).flatMap(([format, text]) =>
    Object.entries(secrets)
      .filter(([, secret]) =>
        [secret, encodeURIComponent(secret)].some((form) =>
          text.includes(form),
        ),
      )
      .map(([name]) => `${name} in ${format}`),
  );
}

function printAll(value: unknown): Record<string, string> {
  const printed: Record<string, string> = {
    json: JSON.stringify(value),
    inspect: inspect(value, { depth: 10, showHidden: true }),
    plain: JSON.stringify(instanceToPlain(value)),
    text: String(value),
  };
  let error = value;
  for (let depth = 0; error instanceof Error && depth < 10; depth++) {
    printed[`message ${depth}`] = error.message;
    printed[`stack ${depth}`] = error.stack ?? "";
    printed[`fields ${depth}`] = JSON.stringify(Object.entries(error));
    error = error.cause;
  }
  return printed;
}

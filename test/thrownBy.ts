import { inspect } from "node:util";
import { instanceToPlain } from "class-transformer";
import { isConnectorError, type AnyConnectorError } from "../src/errors";
import { EXTERNAL_ID, SESSION_SECRET, SESSION_TOKEN } from "./answers";
import { keys } from "./connection";

const SECRETS = {
  secretAccessKey: keys.secretAccessKey,
  externalId: EXTERNAL_ID,
  sessionSecret: SESSION_SECRET,
  sessionToken: SESSION_TOKEN,
};

/** The error of the closed set that some work ends with; it is searched for secrets on its way. */
export async function thrownBy(
  work: Promise<unknown> | (() => unknown),
): Promise<AnyConnectorError> {
  const thrown = await thrownFrom(work);
  if (!isConnectorError(thrown))
    throw new Error("Something else was thrown.", { cause: thrown });
  const found = secretsIn(thrown);
  if (found.length > 0) throw new Error(`Secrets were shown: ${found.join()}`);
  return thrown;
}

async function thrownFrom(
  work: Promise<unknown> | (() => unknown),
): Promise<unknown> {
  try {
    await (typeof work === "function" ? work() : work);
  } catch (error) {
    return error;
  }
  throw new Error("Nothing was thrown.");
}

/** Which secrets of the tests can be seen in something, and how it was printed. */
export function secretsIn(
  shown: unknown,
  secrets: Readonly<Record<string, string>> = SECRETS,
): string[] {
  return Object.entries(printed(shown)).flatMap(([printing, text]) =>
    Object.entries(secrets)
      .filter(([, secret]) =>
        [secret, encodeURIComponent(secret)].some((form) =>
          text.includes(form),
        ),
      )
      .map(([name]) => `${name} in ${printing}`),
  );
}

function printed(shown: unknown): Record<string, string> {
  const texts: Record<string, string> = {
    json: JSON.stringify(shown),
    inspect: inspect(shown, { depth: 10, showHidden: true }),
    plain: JSON.stringify(instanceToPlain(shown)),
    text: String(shown),
  };
  let link = shown;
  for (let depth = 0; link instanceof Error && depth < 10; depth++) {
    texts[`message ${depth}`] = link.message;
    texts[`stack ${depth}`] = link.stack ?? "";
    texts[`fields ${depth}`] = JSON.stringify(Object.entries(link));
    link = link.cause;
  }
  return texts;
}

import type { Exchange } from "../../http/Exchange";
import type { TemplatedOption } from "../configuration/templatedOptions";

/** Gravitee's prefix of the context attributes that override options. */
export const OVERRIDE = "gravitee.attributes.secret.aws.";

type Attributes = Exchange["attributes"];

/**
 * Returns the value that overrides an option, as it is. Null leaves the option out.
 *
 * @throws TypeError if it is not a string.
 */
export function readOverride(
  name: TemplatedOption,
  attributes: Attributes,
): string | undefined {
  const value = attributes.get(OVERRIDE + name) ?? undefined;
  if (value === undefined || typeof value === "string") return value;
  throw new TypeError(`the attribute ${OVERRIDE}${name} must be a string`);
}

/** Attributes that seem to override an identity, although the policy has no such option. */
const IDENTITY = /^(access|secret|session|role|external|credential)/i;

const IDENTITY_NAMES = ["accessKey", "secretKey", "roleArn", "roleSessionName"];

/**
 * Rejects overrides that name only a part of an identity: the function would be invoked with the gateway's own.
 *
 * @throws TypeError.
 */
export function checkOverrides(
  attributes: Attributes,
  { roleArn }: Readonly<Partial<Record<TemplatedOption, string>>>,
): void {
  for (const attribute of attributes.keys()) {
    if (!attribute.startsWith(OVERRIDE)) continue;
    const name = attribute.slice(OVERRIDE.length);
    if (IDENTITY.test(name) && !IDENTITY_NAMES.includes(name))
      throw new TypeError(
        `the attribute ${attribute} overrides no option; the options of the identity are ${IDENTITY_NAMES.join(", ")}`,
      );
  }
  const has = (name: TemplatedOption): boolean =>
    attributes.has(OVERRIDE + name);
  if (has("accessKey") !== has("secretKey"))
    throw new TypeError(
      `the attributes ${OVERRIDE}accessKey and ${OVERRIDE}secretKey must be set together`,
    );
  if (has("roleSessionName") && roleArn === undefined)
    throw new TypeError(
      `the attribute ${OVERRIDE}roleSessionName requires roleArn`,
    );
}

import { X509Certificate } from "node:crypto";
import type { Profile } from "../state/Profile";
import type { TrustAnchor } from "../state/TrustAnchor";
import { partitionOf } from "../arn/partitionOf";
import type { OptionReader } from "../validation/OptionReader";
import { regionRule } from "../validation/rules";

interface AccountScope {
  readonly id: string;
  readonly region: string;
}

/** Reads the trust anchors of an account. A string is the certificate. */
export function readTrustAnchors(
  option: OptionReader,
  at: AccountScope,
): TrustAnchor[] {
  return option.properties().map(([name, each]) => {
    checkName(name, each);
    const isBare = typeof each.value === "string";
    if (!isBare) each.allowOnly("certificate", "region");
    const certificate = isBare ? each : each.at("certificate");
    const region = each.at("region").string(at.region, regionRule);
    return {
      name,
      arn: arnOf(`trust-anchor/${name}`, { ...at, region }),
      authorities: readAuthorities(certificate),
    };
  });
}

/** Reads the profiles of an account, which may refer to its roles. */
export function readProfiles(
  option: OptionReader,
  at: AccountScope & {
    readonly roles: readonly { name: string; arn: string }[];
  },
): Profile[] {
  return option.properties().map(([name, each]) => {
    checkName(name, each);
    each.allowOnly(
      "roles",
      "durationSeconds",
      "acceptRoleSessionName",
      "region",
    );
    const accepts = each.at("acceptRoleSessionName");
    if (!accepts.isMissing && typeof accepts.value !== "boolean")
      accepts.report("must be true or false");
    const region = each.at("region").string(at.region, regionRule);
    return {
      name,
      arn: arnOf(`profile/${name}`, { ...at, region }),
      roleArns: readRoles(each.at("roles"), at.roles),
      durationSeconds: each
        .at("durationSeconds")
        .number(3600, { min: 900, max: 43_200, isWhole: true }),
      acceptsRoleSessionName: accepts.value === true,
    };
  });
}

function arnOf(path: string, { id, region }: AccountScope): string {
  return `arn:${partitionOf(region)}:rolesanywhere:${region}:${id}:${path}`;
}

function checkName(name: string, option: OptionReader): void {
  if (!/^[\w-]{1,64}$/.test(name))
    option.report(
      "is not a valid name; use 1 to 64 letters, digits, hyphens and underscores",
    );
}

const PEM_CERTIFICATE =
  /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

function readAuthorities(option: OptionReader): X509Certificate[] {
  if (option.isMissing) option.report("is required");
  const text = option.string("");
  const blocks = text.match(PEM_CERTIFICATE) ?? [];
  if (text !== "" && blocks.length === 0)
    option.report("must contain a certificate in PEM format");
  return blocks.flatMap((block) => {
    const certificate = readCertificate(block);
    if (!certificate)
      option.report("contains a certificate that cannot be read");
    else if (!certificate.ca)
      option.report(
        `contains the certificate of ${certificate.subject.split("\n").join(",")}, which is not a CA certificate (CA:true)`,
      );
    return certificate ?? [];
  });
}

function readCertificate(block: string): X509Certificate | undefined {
  try {
    return new X509Certificate(block);
  } catch {
    return undefined;
  }
}

function readRoles(
  option: OptionReader,
  roles: readonly { readonly name: string; readonly arn: string }[],
): string[] {
  if (!Array.isArray(option.value)) {
    option.report("must be an array of role names or ARNs");
    return [];
  }
  return (option.value as unknown[]).flatMap((name) => {
    const role = roles.find((each) =>
      [each.name, each.arn].includes(name as string),
    );
    if (role) return role.arn;
    option.report(
      `contains ${JSON.stringify(name)}, which is not a role of this account`,
    );
    return [];
  });
}

import { X509Certificate } from "node:crypto";
import type { Profile } from "../state/Profile";
import type { TrustAnchor } from "../state/TrustAnchor";
import { partitionOf } from "../arn/partitionOf";
import type { Given } from "../validation/OptionReader";
import { regionRule } from "../validation/rules";

interface Place {
  readonly id: string;
  readonly region: string;
}

/** Reads the trust anchors of an account; a bare text is the certificate. */
export function readTrustAnchors(given: Given, at: Place): TrustAnchor[] {
  return given.entries().map(([name, each]) => {
    checkName(name, each);
    const isBare = typeof each.value === "string";
    if (!isBare) each.knows("certificate", "region");
    const certificate = isBare ? each : each.at("certificate");
    const region = each.at("region").text(at.region, regionRule);
    return {
      name,
      arn: arnOf(`trust-anchor/${name}`, { ...at, region }),
      authorities: readAuthorities(certificate),
    };
  });
}

/** Reads the profiles of an account; its roles are those that it may name. */
export function readProfiles(
  given: Given,
  at: Place & { readonly roles: readonly { name: string; arn: string }[] },
): Profile[] {
  return given.entries().map(([name, each]) => {
    checkName(name, each);
    each.knows("roles", "durationSeconds", "acceptRoleSessionName", "region");
    const accepts = each.at("acceptRoleSessionName");
    if (!accepts.isAbsent && typeof accepts.value !== "boolean")
      accepts.complain("must be true or false");
    const region = each.at("region").text(at.region, regionRule);
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

function arnOf(path: string, { id, region }: Place): string {
  return `arn:${partitionOf(region)}:rolesanywhere:${region}:${id}:${path}`;
}

function checkName(name: string, given: Given): void {
  if (!/^[\w-]{1,64}$/.test(name))
    given.complain(
      "is no name; 1 to 64 letters, digits, hyphens and underscores are",
    );
}

const BLOCK = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

function readAuthorities(given: Given): X509Certificate[] {
  if (given.isAbsent) given.complain("is required");
  const text = given.text("");
  const blocks = text.match(BLOCK) ?? [];
  if (text !== "" && blocks.length === 0)
    given.complain("has no certificate in PEM");
  return blocks.flatMap((block) => {
    const certificate = readCertificate(block);
    if (!certificate) given.complain("has a certificate that cannot be read");
    else if (!certificate.ca)
      given.complain(
        `has the certificate of ${certificate.subject.split("\n").join(",")}, which is no authority (CA:true)`,
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
  given: Given,
  roles: readonly { readonly name: string; readonly arn: string }[],
): string[] {
  if (!Array.isArray(given.value)) {
    given.complain("must be a list of roles, by name or ARN");
    return [];
  }
  return (given.value as unknown[]).flatMap((wanted) => {
    const role = roles.find(({ name, arn }) =>
      [name, arn].includes(wanted as string),
    );
    if (role) return role.arn;
    given.complain(
      `has ${JSON.stringify(wanted)}, which is no role of this account`,
    );
    return [];
  });
}

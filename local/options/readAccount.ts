import type { Profile } from "../state/Profile";
import type { TrustAnchor } from "../state/TrustAnchor";
import { createIamId } from "../iam/identifiers";
import { readPolicy, readTrustPolicy } from "../iam/readPolicy";
import type { Role } from "../iam/Role";
import type { Statement, TrustStatement } from "../iam/Statement";
import type { FunctionDefinition } from "../state/FunctionDefinition";
import { partitionOf } from "../arn/partitionOf";
import type { Given } from "../validation/OptionReader";
import { readProfiles, readTrustAnchors } from "./readRolesAnywhere";
import { readFunctions } from "./readFunctions";
import { readParameter, type ParameterDefinition } from "./readParameter";
import { iamNameRule } from "../validation/rules";

/** What an account is to hold, read and checked. */
export interface AccountDefinition {
  readonly id: string;
  readonly functions: readonly FunctionDefinition[];
  readonly parameters: readonly ParameterDefinition[];
  readonly roles: readonly Role[];
  readonly trustAnchors: readonly TrustAnchor[];
  readonly profiles: readonly Profile[];
}

/** Reads what one account is to hold. */
export function readAccount(
  given: Given,
  at: { readonly id: string; readonly region: string },
): AccountDefinition {
  const roles = given
    .at("roles")
    .entries()
    .map(([name, each]) => readRole(each, { ...at, name }));
  return {
    id: at.id,
    functions: readFunctions(given.at("functions"), at.region),
    parameters: given
      .at("parameters")
      .entries()
      .map(([name, each]) => readParameter(each, { ...at, name })),
    roles,
    trustAnchors: readTrustAnchors(given.at("trustAnchors"), at),
    profiles: readProfiles(given.at("profiles"), { ...at, roles }),
  };
}

function readRole(
  given: Given,
  at: { readonly id: string; readonly region: string; readonly name: string },
): Role {
  given.knows("trust", "permissions", "maxSessionDuration");
  if (!iamNameRule.pattern.test(at.name))
    given.complain(`is no role name; ${iamNameRule.meaning}`);
  return {
    name: at.name,
    accountId: at.id,
    arn: `arn:${partitionOf(at.region)}:iam::${at.id}:role/${at.name}`,
    id: createIamId("AROA"),
    trust: readTrust(given.at("trust")),
    permissions: readPermissions(given.at("permissions")),
    maxSessionDuration: given
      .at("maxSessionDuration")
      .number(3600, { min: 3600, max: 43_200, isWhole: true }),
  };
}

function readTrust(given: Given): readonly TrustStatement[] {
  const reading = readTrustPolicy(given.value);
  if ("statements" in reading) return reading.statements;
  for (const problem of reading.problems) given.complain(problem);
  return [];
}

/** Reads a list of permission policies into their statements. */
export function readPermissions(given: Given): readonly Statement[] {
  if (given.isAbsent) return [];
  if (!Array.isArray(given.value)) {
    given.complain("must be a list of policies");
    return [];
  }
  return (given.value as unknown[]).flatMap((policy, index) => {
    const reading = readPolicy(policy);
    if ("statements" in reading) return reading.statements;
    for (const problem of reading.problems)
      given.complain(`[${index}] ${problem}`);
    return [];
  });
}

import type { Profile } from "../state/Profile";
import type { TrustAnchor } from "../state/TrustAnchor";
import { createIamId } from "../iam/identifiers";
import { readPolicy, readTrustPolicy } from "../iam/readPolicy";
import type { Role } from "../iam/Role";
import type { Statement, TrustStatement } from "../iam/Statement";
import type { FunctionDefinition } from "../state/FunctionDefinition";
import { partitionOf } from "../arn/partitionOf";
import type { OptionReader } from "../validation/OptionReader";
import { readProfiles, readTrustAnchors } from "./readRolesAnywhere";
import { readFunctions } from "./readFunctions";
import { readParameter, type ParameterDefinition } from "./readParameter";
import { iamNameRule } from "../validation/rules";

/** Validated resources of an account. */
export interface AccountDefinition {
  readonly id: string;
  readonly functions: readonly FunctionDefinition[];
  readonly parameters: readonly ParameterDefinition[];
  readonly roles: readonly Role[];
  readonly trustAnchors: readonly TrustAnchor[];
  readonly profiles: readonly Profile[];
}

/** Reads the options of one account. */
export function readAccount(
  option: OptionReader,
  at: { readonly id: string; readonly region: string },
): AccountDefinition {
  const roles = option
    .at("roles")
    .properties()
    .map(([name, each]) => readRole(each, { ...at, name }));
  return {
    id: at.id,
    functions: readFunctions(option.at("functions"), at.region),
    parameters: option
      .at("parameters")
      .properties()
      .map(([name, each]) => readParameter(each, { ...at, name })),
    roles,
    trustAnchors: readTrustAnchors(option.at("trustAnchors"), at),
    profiles: readProfiles(option.at("profiles"), { ...at, roles }),
  };
}

function readRole(
  option: OptionReader,
  at: { readonly id: string; readonly region: string; readonly name: string },
): Role {
  option.allowOnly("trust", "permissions", "maxSessionDuration");
  if (!iamNameRule.pattern.test(at.name))
    option.report(`is not a valid role name; use ${iamNameRule.requirement}`);
  return {
    name: at.name,
    accountId: at.id,
    arn: `arn:${partitionOf(at.region)}:iam::${at.id}:role/${at.name}`,
    id: createIamId("AROA"),
    trust: readTrust(option.at("trust")),
    permissions: readPermissions(option.at("permissions")),
    maxSessionDuration: option
      .at("maxSessionDuration")
      .number(3600, { min: 3600, max: 43_200, isWhole: true }),
  };
}

function readTrust(option: OptionReader): readonly TrustStatement[] {
  const parsed = readTrustPolicy(option.value);
  if ("statements" in parsed) return parsed.statements;
  for (const problem of parsed.problems) option.report(problem);
  return [];
}

/** Reads a list of permission policies into statements. */
export function readPermissions(option: OptionReader): readonly Statement[] {
  if (option.isMissing) return [];
  if (!Array.isArray(option.value)) {
    option.report("must be an array of policies");
    return [];
  }
  return option.items().flatMap((item) => {
    const parsed = readPolicy(item.value);
    if ("statements" in parsed) return parsed.statements;
    for (const problem of parsed.problems) item.report(problem);
    return [];
  });
}

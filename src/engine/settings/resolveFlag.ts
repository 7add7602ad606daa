import type { Connection } from "./Connection";
import type {
  EnabledFlag,
  FoundSetting,
  ResolveContext,
  SettingName,
} from "./SettingSources";

const FLAGS = {
  useFips: {
    variables: ["AWS_USE_FIPS_ENDPOINT"],
    key: "use_fips_endpoint",
  },
  useDualStack: {
    variables: ["AWS_USE_DUALSTACK_ENDPOINT"],
    key: "use_dualstack_endpoint",
  },
} satisfies Record<string, SettingName>;

/** Returns what enables a flag: an option, a variable or a key in a profile. `undefined`: it is not enabled. */
export function resolveFlag(
  option: keyof typeof FLAGS,
  connection: Connection,
  context: ResolveContext,
): EnabledFlag | undefined {
  const given = connection[option];
  if (given !== undefined) return given ? { source: option } : undefined;
  const found = context.sources.find(FLAGS[option]);
  return found && readFlag(found, { path: option, issues: context.issues })
    ? { source: found.source }
    : undefined;
}

/** Reads `true` or `false`, in any letter case. Adds an issue for every other value. */
export function readFlag(
  { value, source }: FoundSetting,
  { path, issues }: Pick<ResolveContext, "issues"> & { readonly path: string },
): boolean {
  const flag = value.trim().toLowerCase();
  if (flag !== "true" && flag !== "false")
    issues.push({
      path,
      rule: "environment",
      message: `${source} must be true or false; correct or remove it`,
    });
  return flag === "true";
}

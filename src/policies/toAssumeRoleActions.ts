/** The actions for assuming a role: `sts:AssumeRole`, and the ones for session tags and a source identity if allowed. */
export function toAssumeRoleActions(allowed: {
  readonly sourceIdentity?: boolean;
  readonly tags?: boolean;
}): string | readonly string[] {
  const additional = [
    ...(allowed.tags === true ? ["sts:TagSession"] : []),
    ...(allowed.sourceIdentity === true ? ["sts:SetSourceIdentity"] : []),
  ];
  const action = "sts:AssumeRole";
  return additional.length === 0 ? action : [action, ...additional];
}

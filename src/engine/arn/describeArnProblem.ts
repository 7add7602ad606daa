/**
 * The most likely reason why a string is not the ARN of a resource, as the end of a sentence, for example `, but its account ID does not
 * have 12 digits`. Empty if there is no obvious one. Never contains the string.
 *
 * @param services - The services whose ARNs are valid, for example `["iam", "sts"]`.
 */
export function describeArnProblem(
  given: string,
  services: readonly string[],
): string {
  if (/\s/.test(given)) return ", but this one contains whitespace";
  if (!given.startsWith("arn:")) return "";
  const [, , service = "", , account] = given.split(":", 5);
  if (!services.includes(service))
    return `, but its service is not ${services.join(" or ")}`;
  return account !== undefined && !/^\d{12}$/.test(account)
    ? ", but its account ID does not have 12 digits"
    : "";
}

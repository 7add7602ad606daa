/** Returns the value of an environment variable. An empty variable counts as unset, as in AWS's tools. */
export function environmentVariable(name: string): string | undefined {
  const value = process.env[name];
  return value === "" ? undefined : value;
}

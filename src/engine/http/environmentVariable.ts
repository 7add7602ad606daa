/** The value of an environment variable; empty variables count as unset, as in AWS's own tools. */
export function environmentVariable(name: string): string | undefined {
  const value = process.env[name];
  return value === "" ? undefined : value;
}

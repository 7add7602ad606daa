/** The number of arguments for an error message, for example `1 argument`. */
export function toArgumentCount(count: number): string {
  return `${count} argument${count === 1 ? "" : "s"}`;
}

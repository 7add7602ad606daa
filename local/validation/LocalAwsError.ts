/**
 * Invalid options or arguments of the embedded AWS.
 *
 * It reports all problems of one call: `message` has one line for each, and `problems` is the list.
 * It is not used for invalid *requests*, which get AWS's error response.
 *
 * @example
 * try {
 *   local.faults.add({ kind: "delay", ms: -1 });
 * } catch (error) {
 *   if (
 *     error instanceof Error &&
 *     "code" in error &&
 *     error.code === "ERR_LOCAL_OPTIONS"
 *   )
 *     console.log(error.message);
 *   else throw error;
 * }
 */
export class LocalAwsError extends Error {
  /** Always `LocalAwsError`. */
  override readonly name = "LocalAwsError";

  /**
   * Always `ERR_LOCAL_OPTIONS`. Identifies this error even if several copies of the package are
   * loaded.
   */
  readonly code = "ERR_LOCAL_OPTIONS";

  /**
   * One sentence for each problem, at least one; most start with the path of the option. Never
   * contains the value of a parameter.
   */
  readonly problems: readonly string[];

  /** Created by the embedded AWS. */
  constructor(problems: readonly string[]) {
    super(
      problems.length === 1
        ? `Invalid options of the embedded AWS: ${String(problems[0])}`
        : [
            `Invalid options of the embedded AWS (${problems.length} problems):`,
            ...problems.map((problem) => `- ${problem}`),
          ].join("\n"),
    );
    this.problems = problems;
  }
}

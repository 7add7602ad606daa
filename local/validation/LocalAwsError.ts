/**
 * A mistake in what the embedded AWS was given, found before it is acted on.
 *
 * All mistakes of one call are named together: `message` has one line for each,
 * and `problems` has them as a list. What a *request* gets wrong is never thrown
 * here; it is answered over the wire as AWS answers it. Correct what is named, and start again.
 *
 * @example
 * try {
 *   local.faults.add({ kind: "delay", ms: -1 });
 * } catch (error) {
 *   if (error instanceof Error && "code" in error && error.code === "ERR_LOCAL_OPTIONS") console.log(error.message);
 *   else throw error;
 * }
 */
export class LocalAwsError extends Error {
  /** Always `LocalAwsError`. */
  override readonly name = "LocalAwsError";

  /** Always `ERR_LOCAL_OPTIONS`; tells this error from others, also across copies of the package. */
  readonly code = "ERR_LOCAL_OPTIONS";

  /** One sentence for each mistake, at least one; most begin with the path of the option. No value of a parameter. */
  readonly problems: readonly string[];

  /** Made by the embedded AWS; you catch it. */
  constructor(problems: readonly string[]) {
    super(
      problems.length === 1
        ? `The embedded AWS can't take what it was given: ${String(problems[0])}`
        : [
            `The embedded AWS can't take what it was given; ${problems.length} mistakes:`,
            ...problems.map((problem) => `- ${problem}`),
          ].join("\n"),
    );
    this.problems = problems;
  }
}

/** One broken rule. It never contains the value that broke the rule. */
export interface Issue {
  /** Where the rule was broken, for example `functionName` or `tags[0].key`; empty for the whole object. */
  readonly path: string;

  /** Which rule was broken, for example `required`, `unknown` or `isLength`. New rules may be added. */
  readonly rule: string;

  /** What the rule requires and what to do, on one line. */
  readonly message: string;
}

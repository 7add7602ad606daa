import type { Statement } from "./Statement";

/** Statements that allow every action on every resource. */
export const FULL_ACCESS: readonly Statement[] = [
  { effect: "Allow", actions: ["*"], resources: ["*"] },
];

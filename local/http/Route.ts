import type { Service } from "./Service";

/** Operations of this embedded AWS. */
export const OPERATIONS = {
  lambda: [
    "ListFunctions",
    "Invoke",
    "GetFunction",
    "GetFunctionConfiguration",
    "CreateFunction",
    "DeleteFunction",
  ],
  sts: ["AssumeRole", "GetCallerIdentity"],
  ssm: ["GetParameter", "PutParameter"],
} as const;

/** Name of an operation of this embedded AWS. */
export type OperationName = (typeof OPERATIONS)[Service][number];

/** Where a request goes. */
export interface Route {
  readonly service: Service;

  /** As AWS names it; may be one that this embedded AWS does not have. */
  readonly operation: string;

  /** Path segment of the function, decoded. Absent: the operation has none. */
  readonly functionName?: string;
}

/** Whether this embedded AWS has an operation of this name. */
export function isOperation(name: string): name is OperationName {
  return Object.values(OPERATIONS).some((names) =>
    (names as readonly string[]).includes(name),
  );
}

import { findClosestName } from "../validation/findClosestName";
import type { Service } from "./Service";

/** Name of an operation that this embedded AWS has; any other is refused with a code that says so. */
export type OperationName =
  | "ListFunctions"
  | "Invoke"
  | "InvokeWithResponseStream"
  | "GetFunction"
  | "GetFunctionConfiguration"
  | "CreateFunction"
  | "DeleteFunction"
  | "AssumeRole"
  | "GetCallerIdentity"
  | "GetParameter"
  | "PutParameter"
  | "LabelParameterVersion"
  | "CreateSession";

/** Operations of each service. */
export const OPERATIONS: Readonly<Record<Service, readonly OperationName[]>> = {
  lambda: [
    "ListFunctions",
    "Invoke",
    "InvokeWithResponseStream",
    "GetFunction",
    "GetFunctionConfiguration",
    "CreateFunction",
    "DeleteFunction",
  ],
  sts: ["AssumeRole", "GetCallerIdentity"],
  ssm: ["GetParameter", "PutParameter", "LabelParameterVersion"],
  rolesanywhere: ["CreateSession"],
};

/** What is wrong with the name of an operation: which ones there are, and which was meant. Absent: it is in order. */
export function findOperationNameProblem(name: string): string | undefined {
  const known: readonly string[] = Object.values(OPERATIONS).flat();
  if (known.includes(name)) return undefined;
  // `InvokeFunction`, as IAM and the connector have it, is AWS's `Invoke`.
  const meant =
    findClosestName(name, known) ?? known.find((each) => name.startsWith(each));
  return `is ${name}, which this embedded AWS does not have; ${meant ? `did you mean ${meant}? It` : "it"} has ${known.join(", ")}`;
}

/** Where a request goes. */
export interface Route {
  readonly service: Service;

  /** As AWS names it; may be one that this embedded AWS does not have. */
  readonly operation: string;

  /** Path segment of the function, decoded. Absent: the operation has none. */
  readonly functionName?: string;
}

/** The operation that a route leads to. Absent: the service does not have it here. */
export function findOperationName(route: Route): OperationName | undefined {
  return OPERATIONS[route.service].find((name) => name === route.operation);
}

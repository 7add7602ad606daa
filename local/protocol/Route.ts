import { findClosestName } from "../validation/findClosestName";
import type { Service } from "./Service";

/**
 * Name of a supported operation. Requests for other operations fail with the error code
 * `NotAvailableInLocalAws`.
 */
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

/**
 * Returns the problem if an operation is not supported, with a suggestion. Returns undefined if it
 * is supported.
 */
export function findOperationNameProblem(name: string): string | undefined {
  const known: readonly string[] = Object.values(OPERATIONS).flat();
  if (known.includes(name)) return undefined;
  // IAM and the connector use `InvokeFunction` for AWS's operation `Invoke`.
  const suggestion =
    findClosestName(name, known) ??
    known.find((operation) => name.startsWith(operation));
  return `must be one of ${known.join(", ")}, not ${name}${suggestion ? `; did you mean ${suggestion}?` : ""}`;
}

/** Service and operation of a request. */
export interface Route {
  readonly service: Service;

  /** AWS name of the operation, which may not be supported. */
  readonly operation: string;

  /** Decoded path segment of the function, if the operation has one. */
  readonly functionName?: string;
}

/** Returns the operation of a route, or undefined if it is not supported. */
export function findOperationName(route: Route): OperationName | undefined {
  return OPERATIONS[route.service].find((name) => name === route.operation);
}

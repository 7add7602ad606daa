import { randomUUID } from "node:crypto";
import type { LambdaContext } from "../function/LambdaHandler";
import type { FunctionSettings } from "../function/FunctionSettings";
import type { TimedInvocation } from "../function/Invocation";

/** Identifies an instance of a function. */
export interface InstanceIdentity {
  readonly settings: FunctionSettings;
  readonly logStreamName: string;
}

/** Creates the context object of a handler. */
export function createContext(
  invocation: TimedInvocation,
  { settings, logStreamName }: InstanceIdentity,
): LambdaContext {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: settings.functionName,
    functionVersion: settings.version,
    invokedFunctionArn: invocation.invokedArn,
    memoryLimitInMB: String(settings.memorySize),
    awsRequestId: invocation.requestId,
    logGroupName: getLogGroupName(settings),
    logStreamName,
    ...(invocation.clientContext !== undefined && {
      clientContext: invocation.clientContext,
    }),
    ...(invocation.tenantId !== undefined && { tenantId: invocation.tenantId }),
    getRemainingTimeInMillis: () =>
      Math.max(0, invocation.deadlineMs - Date.now()),
  };
}

/** Returns the log group of a function. */
export function getLogGroupName({ functionName }: FunctionSettings): string {
  return `/aws/lambda/${functionName}`;
}

/** Creates a log stream name for a new instance from the date, the version and a random ID. */
export function createLogStreamName({ version }: FunctionSettings): string {
  const day = new Date().toISOString().slice(0, 10).replaceAll("-", "/");
  return `${day}/[${version}]${randomUUID().replaceAll("-", "")}`;
}

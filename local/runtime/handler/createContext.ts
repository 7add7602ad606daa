import { randomUUID } from "node:crypto";
import type { FunctionSettings } from "../function/FunctionRuntime";
import type { TimedInvocation } from "../messages/messages";
import type { LambdaContext } from "../function/LambdaHandler";

/** The place of an invocation: which function, and which instance of it. */
export interface InstanceIdentity {
  readonly settings: FunctionSettings;
  readonly logStreamName: string;
}

/** The context a handler gets. */
export function createContext(
  task: TimedInvocation,
  { settings, logStreamName }: InstanceIdentity,
): LambdaContext {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: settings.functionName,
    functionVersion: settings.version,
    invokedFunctionArn: task.invokedArn,
    memoryLimitInMB: String(settings.memorySize),
    awsRequestId: task.requestId,
    getLogGroupName: logGroupName(settings),
    logStreamName,
    ...(task.clientContext !== undefined && {
      clientContext: task.clientContext,
    }),
    ...(task.tenantId !== undefined && { tenantId: task.tenantId }),
    getRemainingTimeInMillis: () => Math.max(0, task.deadlineMs - Date.now()),
  };
}

/** The log group of a function. */
export function logGroupName({ functionName }: FunctionSettings): string {
  return `/aws/lambda/${functionName}`;
}

/** A name for the log stream of a new instance: its day, its version and a random id. */
export function createLogStreamName({ version }: FunctionSettings): string {
  const day = new Date().toISOString().slice(0, 10).replaceAll("-", "/");
  return `${day}/[${version}]${randomUUID().replaceAll("-", "")}`;
}

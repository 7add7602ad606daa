import { dirname } from "node:path";
import { ISOLATION_VARIABLES } from "../function/isolation";
import {
  getLogGroupName,
  type InstanceIdentity,
} from "../handler/createContext";
import { handlerName } from "../worker/loadHandler";
import type { FileCode } from "../function/FunctionCode";
import type { FunctionSettings } from "../function/FunctionSettings";

/**
 * Variables that a process needs to find programs and temporary folders. None of them is secret.
 */
const INHERITED_VARIABLES = ["PATH", "TMPDIR", "TEMP", "TMP", "SystemRoot"];

const CREDENTIAL_VARIABLES = [
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
];

/** Identifier of this Node.js version as a Lambda runtime. */
export const NODE_RUNTIME = `nodejs${process.versions.node.split(".")[0] ?? ""}.x`;

/**
 * Creates the environment of a file function. Nothing else is inherited from the host, and clients
 * of AWS find neither its configuration files nor its instance role, so a function cannot call AWS
 * unless its own `environment` says so.
 */
export function createEnvironment(
  code: FileCode,
  { settings, logStreamName }: InstanceIdentity,
): Record<string, string> {
  const region = settings.functionArn.split(":")[3] ?? "";
  return {
    ...readInheritedVariables(),
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    ...ISOLATION_VARIABLES,
    ...withoutReplacedCredentials(settings),
    ...settings.environment,
    _HANDLER: handlerName(code),
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${NODE_RUNTIME}`,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memorySize),
    AWS_LAMBDA_FUNCTION_NAME: settings.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: settings.version,
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: getLogGroupName(settings),
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
    AWS_REGION: region,
    LAMBDA_TASK_ROOT: dirname(code.path),
  };
}

/** Credentials belong together: a session token must not complete another access key. */
function withoutReplacedCredentials({
  awsVariables = {},
  environment,
}: FunctionSettings): Record<string, string> {
  return Object.fromEntries(
    Object.entries(awsVariables).filter(
      ([name]) =>
        !CREDENTIAL_VARIABLES.includes(name) ||
        !CREDENTIAL_VARIABLES.some((each) => each in environment),
    ),
  );
}

function readInheritedVariables(): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of INHERITED_VARIABLES) {
    const value = process.env[name];
    if (value !== undefined) found[name] = value;
  }
  return found;
}

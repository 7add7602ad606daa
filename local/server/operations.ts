import { createSession } from "../rolesanywhere/createSession";
import type { OperationHandler } from "../state/ApiCall";
import type { OperationName } from "../protocol/Route";
import { createFunction } from "../lambda/createFunction";
import { deleteFunction } from "../lambda/deleteFunction";
import { getFunction, getFunctionConfiguration } from "../lambda/getFunction";
import { invoke } from "../lambda/invoke";
import { invokeWithResponseStream } from "../lambda/invokeWithResponseStream";
import { listFunctions } from "../lambda/listFunctions";
import { getParameter } from "../ssm/getParameter";
import { labelParameterVersion } from "../ssm/labelParameterVersion";
import { putParameter } from "../ssm/putParameter";
import { assumeRole } from "../sts/assumeRole";
import { getCallerIdentity } from "../sts/getCallerIdentity";

/** Handlers of all operations, by their AWS names. */
export const operations: Record<OperationName, OperationHandler> = {
  ListFunctions: listFunctions,
  Invoke: invoke,
  InvokeWithResponseStream: invokeWithResponseStream,
  GetFunction: getFunction,
  GetFunctionConfiguration: getFunctionConfiguration,
  CreateFunction: createFunction,
  DeleteFunction: deleteFunction,
  AssumeRole: assumeRole,
  GetCallerIdentity: getCallerIdentity,
  GetParameter: getParameter,
  PutParameter: putParameter,
  LabelParameterVersion: labelParameterVersion,
  CreateSession: createSession,
};

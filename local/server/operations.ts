import { createSession } from "../rolesanywhere/CreateSession";
import type { Operation } from "../state/ApiCall";
import type { OperationName } from "../protocol/Route";
import { createFunction } from "../lambda/CreateFunction";
import { deleteFunction } from "../lambda/DeleteFunction";
import { getFunction, getFunctionConfiguration } from "../lambda/GetFunction";
import { invoke } from "../lambda/Invoke";
import { invokeWithResponseStream } from "../lambda/InvokeWithResponseStream";
import { listFunctions } from "../lambda/ListFunctions";
import { getParameter } from "../ssm/GetParameter";
import { labelParameterVersion } from "../ssm/LabelParameterVersion";
import { putParameter } from "../ssm/PutParameter";
import { assumeRole } from "../sts/AssumeRole";
import { getCallerIdentity } from "../sts/GetCallerIdentity";

/** What this embedded AWS can do, by the names AWS gives it. */
export const operations: Record<OperationName, Operation> = {
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

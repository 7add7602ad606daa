import {
  InvokeFunctionResponse,
  type InvokeFunctionResponseInit,
} from "../../../domain";
import {
  CredentialsError,
  DeadlineError,
  FunctionError,
  InvalidInputError,
  ResponseError,
  ServiceError,
  TransportError,
  type AnyConnectorError,
  type ErrorCode,
  type ErrorInit,
} from "../../errors";
import { parseJson } from "../text/parseJson";
import { parsePayload } from "../invocation/parsePayload";
import { parseReport } from "../invocation/logTail";
import type { BatchOutcome } from "./BatchOutcome";

/** The fields of a response or an error, as stored in the file. */
type StoredFields = Readonly<Record<string, unknown>>;

const ERROR_CLASSES: Readonly<Record<ErrorCode, new (init: never) => object>> =
  {
    ERR_INVALID_INPUT: InvalidInputError,
    ERR_CREDENTIALS: CredentialsError,
    ERR_SERVICE: ServiceError,
    ERR_TRANSPORT: TransportError,
    ERR_DEADLINE: DeadlineError,
    ERR_FUNCTION: FunctionError,
    ERR_RESPONSE: ResponseError,
  };

/** Serializes an outcome as one line of JSON. The stack trace and the cause of an error are omitted. */
export function serializeOutcome({ response, error }: BatchOutcome): string {
  if (!error) return JSON.stringify({ response: toStoredFields(response) });
  const errorResponse =
    error.code === "ERR_FUNCTION" ? error.response : undefined;
  const fields = { ...error.toJSON() };
  delete fields["name"];
  return JSON.stringify({
    error: {
      ...fields,
      ...(errorResponse && { response: toStoredFields(errorResponse) }),
    },
  });
}

/** Parses an outcome that {@link serializeOutcome} wrote. */
export function parseOutcome(index: number, text: string): BatchOutcome {
  const { response, error } = parseJson(text) as {
    readonly response?: StoredFields;
    readonly error?: StoredFields;
  };
  return error
    ? { index, error: toError(error) }
    : { index, response: toResponse(response ?? {}) };
}

function toStoredFields(response: InvokeFunctionResponse): StoredFields {
  const { buffer, byteOffset, byteLength } = response.payloadBytes;
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  // Reading the payload would parse it.
  const fields: Record<string, unknown> = {};
  for (const name of Object.keys(response))
    if (name !== "payload") fields[name] = Reflect.get(response, name);
  return { ...fields, payloadBytes: bytes.toString("base64") };
}

function toResponse(stored: StoredFields): InvokeFunctionResponse {
  const fields = { ...stored };
  const { log, payloadBytes } = stored;
  const report = typeof log === "string" ? parseReport(log) : undefined;
  if (report) fields["report"] = report;
  fields["payloadBytes"] = Buffer.from(String(payloadBytes), "base64");
  const requestId = stored["requestId"] as string | undefined;
  const context = { operation: "InvokeFunction", requestId };
  return new InvokeFunctionResponse(
    fields as InvokeFunctionResponseInit,
    (text) => parsePayload(text, context),
  );
}

function toError(stored: StoredFields): AnyConnectorError {
  const { code, response, ...fields } = stored;
  const ErrorClass = isErrorCode(code) ? ERROR_CLASSES[code] : TransportError;
  const init = response
    ? { ...fields, response: toResponse(response as StoredFields) }
    : fields;
  return new (ErrorClass as new (init: ErrorInit) => AnyConnectorError)(
    init as unknown as ErrorInit,
  );
}

/** Whether a stored code is known. A file may come from a later version, or be edited. */
function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === "string" && Object.hasOwn(ERROR_CLASSES, code);
}

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
  type ErrorInit,
} from "../../errors";
import { parsePayload } from "../invocation/parsePayload";
import { parseReport } from "../invocation/logTail";
import type { BatchOutcome } from "./OutcomeQueue";

type Kept = Readonly<Record<string, unknown>>;

const ERRORS: Readonly<Record<string, new (facts: never) => object>> = {
  ERR_INVALID_INPUT: InvalidInputError,
  ERR_CREDENTIALS: CredentialsError,
  ERR_SERVICE: ServiceError,
  ERR_TRANSPORT: TransportError,
  ERR_DEADLINE: DeadlineError,
  ERR_FUNCTION: FunctionError,
  ERR_RESPONSE: ResponseError,
};

/** An outcome as a text of one line. Trace and cause of an error are of this process alone. */
export function serializeOutcome({ response, error }: BatchOutcome): string {
  if (!error) return JSON.stringify({ response: response && keep(response) });
  const own = error.code === "ERR_FUNCTION" ? error.response : undefined;
  const facts = { ...error.toJSON() };
  delete facts["name"];
  return JSON.stringify({
    error: { ...facts, ...(own && { response: keep(own) }) },
  });
}

/** The same, back from the text. */
export function parseOutcome(index: number, text: string): BatchOutcome {
  const { response, error } = JSON.parse(text) as {
    readonly response?: Kept;
    readonly error?: Kept;
  };
  return error
    ? { index, error: toError(error) }
    : { index, response: toResponse(response ?? {}) };
}

function keep(response: InvokeFunctionResponse): Kept {
  const { payloadBytes, ...facts } = response;
  const { buffer, byteOffset, byteLength } = payloadBytes;
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  return { ...facts, payloadBytes: bytes.toString("base64") };
}

function toResponse(kept: Kept): InvokeFunctionResponse {
  const facts = { ...kept };
  const { log, payloadBytes } = kept;
  const report = typeof log === "string" ? parseReport(log) : undefined;
  if (report) facts["report"] = report;
  facts["payloadBytes"] = Buffer.from(String(payloadBytes), "base64");
  const requestId = kept["requestId"] as string | undefined;
  const from = { operation: "InvokeFunction", requestId };
  return new InvokeFunctionResponse(
    facts as InvokeFunctionResponseInit,
    (text) => parsePayload(text, from),
  );
}

function toError(kept: Kept): AnyConnectorError {
  const { code, response, ...facts } = kept;
  const Kind = ERRORS[String(code)] ?? TransportError;
  const all = response
    ? { ...facts, response: toResponse(response as Kept) }
    : facts;
  return new (Kind as new (init: ErrorInit) => AnyConnectorError)(
    all as unknown as ErrorInit,
  );
}

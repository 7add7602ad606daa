import type {
  FunctionConfiguration,
  InvokeCommandInput,
  InvokeCommandOutput,
  ListFunctionsCommandInput,
  ListFunctionsCommandOutput,
} from "@aws-sdk/client-lambda";
import { percentEncode } from "../http/percentEncode";
import {
  parseJsonBody,
  toAwsError,
  toResponseMetadata,
  UnreadableBodyError,
} from "../http/awsError";
import type { Codec, Optional, UnaddressedRequest } from "./Codec";

/** The fields that both invoke actions have. */
type InvocationFields = Optional<
  Pick<
    InvokeCommandInput,
    | "FunctionName"
    | "Qualifier"
    | "InvocationType"
    | "LogType"
    | "ClientContext"
    | "TenantId"
    | "DurableExecutionName"
    | "Payload"
  >
>;

/** Encodes an invocation for either of the two actions. */
function encodeInvocation(
  input: InvocationFields,
  [version, action]: readonly [string, string],
): UnaddressedRequest {
  const headers: Record<string, string> = {
    "content-type": "application/octet-stream",
  };
  const setHeader = (name: string, value: string | undefined): void => {
    if (value !== undefined) headers[name] = value;
  };
  setHeader("x-amz-invocation-type", input.InvocationType);
  setHeader("x-amz-log-type", input.LogType);
  setHeader("x-amz-client-context", input.ClientContext);
  setHeader("x-amz-durable-execution-name", input.DurableExecutionName);
  setHeader("x-amz-tenant-id", input.TenantId);
  return {
    method: "POST",
    path: `/${version}/functions/${percentEncode(input.FunctionName ?? "")}/${action}`,
    query: encodeQuery([["Qualifier", input.Qualifier]]),
    headers,
    body: input.Payload as Uint8Array | undefined,
  };
}

/** Encodes an invocation with a response stream. */
export function encodeStreamingInvocation(
  input: InvocationFields,
): UnaddressedRequest {
  return encodeInvocation(input, [
    "2021-11-15",
    "response-streaming-invocations",
  ]);
}

export const INVOKE_CODEC: Codec<
  Optional<InvokeCommandInput>,
  InvokeCommandOutput
> = {
  encode: (input) => encodeInvocation(input, ["2015-03-31", "invocations"]),
  decode(response) {
    const { headers, body, statusCode } = response;
    return {
      $metadata: toResponseMetadata(response),
      StatusCode: statusCode,
      FunctionError: headers["x-amz-function-error"],
      LogResult: headers["x-amz-log-result"],
      ExecutedVersion: headers["x-amz-executed-version"],
      DurableExecutionArn: headers["x-amz-durable-execution-arn"],
      ...(body.byteLength > 0 && {
        Payload: body as InvokeCommandOutput["Payload"],
      }),
    } as InvokeCommandOutput;
  },
  toError: toAwsError,
};

export const LIST_FUNCTIONS_CODEC: Codec<
  Optional<ListFunctionsCommandInput>,
  ListFunctionsCommandOutput
> = {
  encode: (input) => ({
    method: "GET",
    path: "/2015-03-31/functions",
    query: encodeQuery([
      ["FunctionVersion", input.FunctionVersion],
      ["Marker", input.Marker],
      ["MasterRegion", input.MasterRegion],
      ["MaxItems", input.MaxItems?.toString()],
    ]),
    headers: {},
  }),
  decode(response) {
    const page = parseJsonBody(response);
    // Otherwise, an array or a string would look like an account without functions.
    if (typeof page !== "object" || page === null || Array.isArray(page))
      throw new UnreadableBodyError(
        response,
        new Error("the body is not a JSON object"),
      );
    const { Functions, NextMarker } = page as {
      Functions?: FunctionConfiguration[] | null;
      NextMarker?: string | null;
    };
    return {
      $metadata: toResponseMetadata(response),
      ...(Functions && { Functions }),
      // The marker of the last page is missing or empty.
      ...(NextMarker && { NextMarker }),
    } as ListFunctionsCommandOutput;
  },
  toError: toAwsError,
};

/** Encodes a query. The pairs must be sorted by name; those without a value are omitted. */
function encodeQuery(
  pairs: readonly (readonly [string, string | undefined])[],
): string {
  let query = "";
  for (const [name, value] of pairs)
    if (value !== undefined)
      query += `${query === "" ? "" : "&"}${name}=${percentEncode(value)}`;
  return query;
}

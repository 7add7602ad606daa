import type {
  FunctionConfiguration,
  InvokeCommandInput,
  InvokeCommandOutput,
  ListFunctionsCommandInput,
  ListFunctionsCommandOutput,
} from "@aws-sdk/client-lambda";
import { encode } from "./encode";
import { metadataOf, readJsonBody, UnreadableBodyError } from "./awsError";
import type { WireResponse } from "./transport";

/** What is asked, before it is known where it goes and as whom. */
export interface UnsignedLambdaRequest {
  readonly method: "GET" | "POST";
  /** Every segment percent-encoded. */
  readonly path: string;
  /** Sorted by name; empty where there is none. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | undefined;
}

/** How an action is written, and how its answer is read. */
export interface Codec<Input, Output> {
  write(input: Input): UnsignedLambdaRequest;
  read(answer: WireResponse): Output;
}

/** An input as its operation gives it: `undefined` is absent. */
type Loose<Input> = { [Field in keyof Input]: Input[Field] | undefined };

/** What both ways of invoking take. */
type Invocation = Loose<
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

/** An invocation, as either of the two actions writes it. */
function writeInvocation(
  input: Invocation,
  [version, action]: readonly [string, string],
): UnsignedLambdaRequest {
  const headers: Record<string, string> = {
    "content-type": "application/octet-stream",
  };
  const set = (name: string, value: string | undefined): void => {
    if (value !== undefined) headers[name] = value;
  };
  set("x-amz-invocation-type", input.InvocationType);
  set("x-amz-log-type", input.LogType);
  set("x-amz-client-context", input.ClientContext);
  set("x-amz-durable-execution-name", input.DurableExecutionName);
  set("x-amz-tenant-id", input.TenantId);
  return {
    method: "POST",
    path: `/${version}/functions/${encode(input.FunctionName ?? "")}/${action}`,
    query: queryOf([["Qualifier", input.Qualifier]]),
    headers,
    body: input.Payload as Uint8Array | undefined,
  };
}

/** An invocation whose answer is to come piece by piece. */
export function writeStreamingInvocation(
  input: Invocation,
): UnsignedLambdaRequest {
  return writeInvocation(input, [
    "2021-11-15",
    "response-streaming-invocations",
  ]);
}

const INVOKE: Codec<Loose<InvokeCommandInput>, InvokeCommandOutput> = {
  write: (input) => writeInvocation(input, ["2015-03-31", "invocations"]),
  read(answer) {
    const { headers, body, statusCode } = answer;
    return {
      $metadata: metadataOf(answer),
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
};

const LIST_FUNCTIONS: Codec<
  Loose<ListFunctionsCommandInput>,
  ListFunctionsCommandOutput
> = {
  write: (input) => ({
    method: "GET",
    path: "/2015-03-31/functions",
    query: queryOf([
      ["FunctionVersion", input.FunctionVersion],
      ["Marker", input.Marker],
      ["MasterRegion", input.MasterRegion],
      ["MaxItems", input.MaxItems?.toString()],
    ]),
    headers: {},
  }),
  read(answer) {
    const page = readJsonBody(answer);
    // Else whoever answers a list or a text would have no functions.
    if (typeof page !== "object" || page === null || Array.isArray(page))
      throw new UnreadableBodyError(
        answer,
        new Error("the body is no JSON object"),
      );
    const { Functions, NextMarker } = page as {
      Functions?: FunctionConfiguration[] | null;
      NextMarker?: string | null;
    };
    return {
      $metadata: metadataOf(answer),
      ...(Functions && { Functions }),
      // The last page has none, or an empty one.
      ...(NextMarker && { NextMarker }),
    } as ListFunctionsCommandOutput;
  },
};

/** Pairs by name, in the order of their names. */
function queryOf(
  pairs: readonly (readonly [string, string | undefined])[],
): string {
  let query = "";
  for (const [name, value] of pairs)
    if (value !== undefined)
      query += `${query === "" ? "" : "&"}${name}=${encode(value)}`;
  return query;
}

/** The actions that are written and read here, as they are asked again and again; all others are the AWS SDK's. */
export const DIRECT_CODECS = { Invoke: INVOKE, ListFunctions: LIST_FUNCTIONS };

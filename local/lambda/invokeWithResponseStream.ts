import type { ApiCall } from "../state/ApiCall";
import type { HttpResponse, BodyWriter } from "../http/HttpResponse";
import type { InvocationOutcome } from "../runtime";
import { encodeInvokeComplete, encodePayloadChunks } from "./encodeEventStream";
import {
  createResponseHeaders,
  encodeLogTail,
  readInvocationRequest,
} from "./readInvocationRequest";

/** Runs a function and streams its response. */
export function invokeWithResponseStream(call: ApiCall): HttpResponse {
  const { request, requestId } = call;
  const { version, invocation } = readInvocationRequest(call, {
    name: "InvokeWithResponseStream",
    types: ["RequestResponse", "DryRun"],
  });
  if (!invocation) return { status: 204, headers: {}, body: "" };
  return {
    status: 200,
    headers: {
      "Content-Type": "application/vnd.amazon.eventstream",
      ...createResponseHeaders(version, requestId),
    },
    body: async (outlet) => {
      const outcome = await version.run(invocation, (chunk) =>
        writeChunk(outlet, chunk),
      );
      const logResult = encodeLogTail(outcome.log, request);
      await endStream(outlet, { ...outcome, logResult });
    },
  };
}

async function writeChunk(
  outlet: BodyWriter,
  chunk: Uint8Array,
): Promise<void> {
  await Promise.all(
    encodePayloadChunks(chunk).map((frame) => outlet.write(frame)),
  );
}

// The result of a handler that does not stream is one chunk. Before an error, the chunks so far
// have been sent.
async function endStream(
  outlet: BodyWriter,
  {
    payload,
    functionError,
    logResult,
  }: InvocationOutcome & { readonly logResult: string | undefined },
): Promise<void> {
  if (!functionError) await writeChunk(outlet, payload);
  await outlet.end(
    encodeInvokeComplete({
      ...(functionError && {
        ErrorCode: functionError,
        ErrorDetails: Buffer.from(payload).toString("utf8"),
      }),
      ...(logResult !== undefined && { LogResult: logResult }),
    }),
  );
}

import type { Call } from "../state/ApiCall";
import type { HttpAnswer, Outlet } from "../http/HttpResponse";
import type { InvocationOutcome } from "../runtime";
import { invokeComplete, payloadChunks } from "./encodeEventStream";
import {
  headersOf,
  logResultOf,
  readInvocation,
} from "./readInvocationRequest";

/** Runs a function and answers with what it writes, as it writes it. */
export function invokeWithResponseStream(call: Call): HttpAnswer {
  const { request, requestId } = call;
  const { version, invocation } = readInvocation(call, {
    name: "InvokeWithResponseStream",
    types: ["RequestResponse", "DryRun"],
  });
  if (!invocation) return { status: 204, headers: {}, body: "" };
  return {
    status: 200,
    headers: {
      "Content-Type": "application/vnd.amazon.eventstream",
      ...headersOf(version, requestId),
    },
    body: async (outlet) => {
      const outcome = await version.run(invocation, (piece) =>
        send(outlet, piece),
      );
      const logResult = logResultOf(outcome.log, request);
      await conclude(outlet, { ...outcome, logResult });
    },
  };
}

async function send(outlet: Outlet, piece: Uint8Array): Promise<void> {
  await Promise.all(payloadChunks(piece).map((frame) => outlet.write(frame)));
}

// What an ordinary handler returned is one piece; of what failed, the pieces so far have gone out.
async function conclude(
  outlet: Outlet,
  {
    payload,
    functionError,
    logResult,
  }: InvocationOutcome & { readonly logResult: string | undefined },
): Promise<void> {
  if (!functionError) await send(outlet, payload);
  await outlet.end(
    invokeComplete({
      ...(functionError && {
        ErrorCode: functionError,
        ErrorDetails: Buffer.from(payload).toString("utf8"),
      }),
      ...(logResult !== undefined && { LogResult: logResult }),
    }),
  );
}

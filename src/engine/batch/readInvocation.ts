import { createHash } from "node:crypto";
import type { EntityClass } from "../../../domain/decorators";
import type { Issue } from "../../errors";
import {
  toJsonObjectString,
  toClientContext,
} from "../invocation/toClientContext";
import type { InvocationInput } from "../invocation/prepareInvocation";
import { parse, throwIfInvalid } from "../validation/parse";
import { toPayloadBytes } from "../invocation/toPayloadBytes";
import { markParsed } from "../validation/parsedMark";

/** By whose rules a request is read. */
export interface InvocationContext {
  readonly operation: string;
  readonly request: EntityClass<InvocationInput & object>;
}

type Writable = {
  -readonly [Field in keyof InvocationInput]: InvocationInput[Field];
};

/**
 * Reads one of many: it is ours from now on, payload written. It may wait before it is sent, and the caller may use his object
 * again for the next.
 *
 * @throws `ERR_INVALID_INPUT`.
 */
export function readInvocation(
  item: unknown,
  reading: InvocationContext,
): InvocationInput {
  const refusal = { ...reading, execution: "did-not-run" as const };
  const invocation: Writable = parse(item, refusal);
  const issues: Issue[] = [];
  const bytes = toPayloadBytes(invocation, issues);
  if (invocation.clientContext !== undefined) {
    toClientContext(invocation.clientContext, issues);
    invocation.clientContext = toJsonObjectString(invocation.clientContext);
  }
  throwIfInvalid(issues, refusal);
  if (invocation.payloadJson !== undefined) delete invocation.payloadJson;
  if (bytes) invocation.payload = bytes;
  markParsed(invocation);
  return invocation;
}

/** What AWS is not told. */
const UNSENT = ["idempotent", "onFunctionError"];

/** What makes a request another one: everything that is sent. A broken one is as good as any other broken one. */
export function identifyInvocation(
  invocation: InvocationInput | undefined,
): string {
  if (!invocation) return "invalid";
  const { payload, ...rest } = invocation;
  const fields = Object.entries(rest)
    .filter(([field]) => !UNSENT.includes(field))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const hash = createHash("sha256").update(JSON.stringify(fields));
  if (payload !== undefined) hash.update(payload as Uint8Array);
  return hash.digest("base64url");
}

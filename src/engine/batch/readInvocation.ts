import { createHash } from "node:crypto";
import type { EntityClass } from "../../../domain/decorators";
import type { Issue } from "../../errors";
import { DeferredPayload } from "../invocation/DeferredPayload";
import { toClientContext } from "../invocation/toClientContext";
import { toJsonObjectString } from "../text/toJsonObjectString";
import type { InvocationInput } from "../invocation/prepareInvocation";
import { parse, throwIfInvalid } from "../validation/parse";
import { toPayloadBytes } from "../invocation/toPayloadBytes";
import { warnOfJsonString } from "../invocation/warnOfJsonString";
import { markParsed } from "../validation/parsedMark";

/** The operation and the request class whose rules apply. */
export interface InvocationContext {
  readonly operation: string;
  readonly request: EntityClass<InvocationInput & object>;
}

type Writable = {
  -readonly [Field in keyof InvocationInput]: InvocationInput[Field];
};

/**
 * Validates one request of a batch and copies it, with its payload serialized. It may be sent later, and the caller may reuse
 * the object for the next request.
 *
 * @throws `ERR_INVALID_INPUT`.
 */
export function readInvocation(
  item: unknown,
  context: InvocationContext,
): InvocationInput {
  const target = { ...context, execution: "did-not-run" as const };
  const invocation: Writable = parse(item, target);
  const issues: Issue[] = [];
  const bytes = toPayloadBytes(invocation, issues);
  if (invocation.clientContext !== undefined) {
    toClientContext(invocation.clientContext, issues);
    invocation.clientContext = toJsonObjectString(invocation.clientContext);
  }
  throwIfInvalid(issues, target);
  warnOfJsonString(invocation);
  if (invocation.payloadJson !== undefined) delete invocation.payloadJson;
  // Bytes are copied: the caller may reuse the buffer, too.
  if (bytes)
    invocation.payload =
      bytes === invocation.payload ? Buffer.from(bytes) : bytes;
  markParsed(invocation);
  return invocation;
}

/** Fields that are not sent to AWS. */
const LOCAL_FIELDS = ["idempotent", "onFunctionError"];

/** The hash that identifies a request: it covers everything that is sent. All invalid requests have the same identity. */
export function identifyInvocation(
  invocation: InvocationInput | undefined,
): string {
  if (!invocation) return "invalid";
  const { payload, ...rest } = invocation;
  const fields = Object.entries(rest)
    .filter(([field]) => !LOCAL_FIELDS.includes(field))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const hash = createHash("sha256").update(JSON.stringify(fields));
  const bytes = payload instanceof DeferredPayload ? payload.identity : payload;
  if (bytes !== undefined) hash.update(bytes as Uint8Array);
  return hash.digest("base64url");
}

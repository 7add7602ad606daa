import { parseQuery } from "../http/parseQuery";
import type { Route } from "../protocol/Route";
import { getHeader, type HttpRequest } from "../http/HttpRequest";
import { parseFunctionName } from "../arn/FunctionName";
import { parseAuthorization } from "../signature";
import type { JournalEntry } from "./RequestJournal";

/** Creates the journal entry of a request before it is processed. */
export function openEntry(
  request: HttpRequest,
  route: Route | undefined,
): JournalEntry {
  const name =
    route?.functionName === undefined
      ? undefined
      : parseFunctionName(route.functionName)?.name;
  const invocationId = getHeader(request, "amz-sdk-invocation-id");
  const signed = parseAuthorization(getHeader(request, "authorization") ?? "");
  return {
    ...(route && { service: route.service }),
    operation: route?.operation ?? unknownOperation(request),
    ...(name !== undefined && { functionName: name }),
    ...readPayload(request, route),
    ...(invocationId !== undefined && { invocationId }),
    ...("accessKeyId" in signed && { accessKeyId: signed.accessKeyId }),
    at: Date.now(),
  };
}

const MAX_PAYLOAD_BYTES = 16_384;

/** The payload of an invocation, for tests that check what was sent. */
function readPayload(
  { body }: HttpRequest,
  route: Route | undefined,
): Pick<JournalEntry, "payloadText"> {
  const invokes = /^Invoke(WithResponseStream)?$/.test(route?.operation ?? "");
  if (!invokes || body.length === 0 || body.length > MAX_PAYLOAD_BYTES)
    return {};
  return { payloadText: body.toString("utf8") };
}

/**
 * Returns a name for an unknown operation: the protocol's operation name if there is one, otherwise
 * method and path.
 */
function unknownOperation(request: HttpRequest): string {
  const target = getHeader(request, "x-amz-target");
  const type = getHeader(request, "content-type") ?? "";
  const action = type.startsWith("application/x-www-form-urlencoded")
    ? new Map(parseQuery(request.body.toString("utf8"))).get("Action")
    : undefined;
  return target ?? action ?? `${request.method} ${request.rawPath}`;
}

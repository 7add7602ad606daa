import type { InvokeFunctionResponse } from "../../../domain";

/** Marks responses whose payload has been checked. Not enumerable, so that printing and copying do not show it. */
const CHECKED = Symbol("checked");

/** Replaces the payload of a response by what a contract returned for it. */
export function setPayload(
  response: InvokeFunctionResponse,
  value: unknown,
): InvokeFunctionResponse {
  Object.defineProperty(response, "payload", { value });
  return Object.defineProperty(response, CHECKED, { value: true });
}

/** Whether the payload of a response has been checked. */
export function hasCheckedPayload(response: InvokeFunctionResponse): boolean {
  return Object.hasOwn(response, CHECKED);
}

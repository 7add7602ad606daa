import { types } from "node:util";
import type { EntityClass } from "../../../domain/decorators";

/** Marks requests that have been parsed. Not enumerable, so that printing and copying do not show it. */
const PARSED = Symbol("parsed");

/** Marks a request that was parsed and that only the engine has access to, so that it is not parsed again. */
export function markParsed(request: object): void {
  Object.defineProperty(request, PARSED, { value: true });
}

/** Whether a value is a parsed request of exactly this class. */
export function isParsed<Request extends object>(
  input: unknown,
  entity: EntityClass<Request>,
): input is Request {
  return (
    typeof input === "object" &&
    input !== null &&
    // Looking at a property of the caller's proxy could throw.
    !types.isProxy(input) &&
    Object.hasOwn(input, PARSED) &&
    input.constructor === entity
  );
}

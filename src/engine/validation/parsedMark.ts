import type { EntityClass } from "../../../domain/decorators";

const read = new WeakSet<object>();

/** Says of a request that it was read and that nobody but the engine has it: it need not be read again. */
export function markParsed(request: object): void {
  read.add(request);
}

/** Whether something is such a request. */
export function isParsed<Request extends object>(
  input: unknown,
  entity: EntityClass<Request>,
): input is Request {
  return (
    typeof input === "object" &&
    input !== null &&
    read.has(input) &&
    input.constructor === entity
  );
}

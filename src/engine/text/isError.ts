import { types } from "node:util";

/** Whether something thrown is an error, of whichever realm: a test runner's is not Node's. */
export const isError: (thrown: unknown) => thrown is Error =
  types.isNativeError;

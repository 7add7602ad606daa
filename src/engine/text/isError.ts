import { types } from "node:util";

/** Whether a thrown value is an `Error`, also one of another realm, such as a test runner's. */
export const isError: (thrown: unknown) => thrown is Error =
  types.isNativeError;

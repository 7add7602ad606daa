// The IAM actions of the operations. Declarations have only their types, so they are read from the built package.
import * as operations from "../dist/operations/index.js";

const CONNECTION = {
  region: "eu-central-1",
  credentials: { accessKeyId: "reference", secretAccessKey: "reference" },
};

/** Returns the IAM actions of the operation with that name. */
export function permissionsOf(name) {
  return new operations[name](CONNECTION).permissions;
}

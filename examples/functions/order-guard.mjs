import { allow, terminate } from "aws-lambda-connector/gateway/boomi";

/** A function of a `sidecar`: refuses requests for closed orders before they reach the origin. */
export async function handler({ operation }) {
  console.log(`${operation?.httpVerb} ${operation?.path}`);
  return operation?.path.endsWith("/closed")
    ? terminate(403, { json: { reason: "the order is closed" } })
    : allow();
}

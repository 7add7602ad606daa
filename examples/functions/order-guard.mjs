import { allow, terminate } from "aws-lambda-connector/gateway/boomi";

/** A function of a `sidecar`: only requests for an order by its number reach the origin. */
export async function handler({ operation }) {
  if (!operation) throw new Error("the guard needs expand-input:operation");
  console.log(`${operation.httpVerb} ${operation.path}`);
  return /^(\/orders)?\/\d+$/.test(operation.path)
    ? allow()
    : terminate(403, { json: { reason: "orders are requested by number" } });
}

// An application that uses the main entry point and the gateway. The bundlers bundle it, vitest imports it.
import process from "node:process";
import {
  createConnector,
  InvalidInputError,
  InvokeFunction,
  isConnectorError,
} from "aws-lambda-connector";
import { createRoute, toFetch } from "aws-lambda-connector/gateway";
import { Type } from "class-transformer";
import { IsInt, IsString, ValidateNested } from "class-validator";
import required from "./required.cjs";

/** A contract with a nested class, whose decorators are called as functions. */
class Item {}
IsString()(Item.prototype, "sku");
class Quote {}
ValidateNested()(Quote.prototype, "item");
Type(() => Item)(Quote.prototype, "item");
IsInt()(Quote.prototype, "total");

/** Calls AWS at `AWS_ENDPOINT_URL` and describes the results on one line. */
export async function runApplication() {
  const connection = {
    region: process.env.AWS_REGION,
    endpoint: process.env.AWS_ENDPOINT_URL,
  };
  const connector = createConnector(connection);
  const functions = await connector.listFunctions();
  const { payload } = await new InvokeFunction(connection).execute({
    functionName: "price",
    payload: { sku: "A-17" },
  });
  const refusal = await connector
    .invokeFunction({ functionName: "missing" })
    .catch((error) => error);
  const quote = await connector.function("quote", { response: Quote })({});
  const partner = await connector.assumeRoleInvoke({
    functionName: process.env.PARTNER_FUNCTION,
    payload: { sku: "C-3" },
    roleArn: process.env.PARTNER_ROLE,
    externalIdKey: "/partner/external-id",
  });
  const isDeleted = await connector.deleteFunction({ functionName: "quote" });
  const handle = toFetch(createRoute({ steps: [priceStep(connector)] }));
  const response = await handle(new Request("http://localhost/price/B-2"));
  connector.close();
  return [
    functions.map(({ functionName }) => functionName).join(","),
    payload.total,
    isConnectorError(refusal) && refusal.code,
    quote.item instanceof Item,
    partner.payload.sku,
    isDeleted,
    response.status,
    await response.text(),
    hasOneCopy(),
  ].join(" ");
}

/** Whether `require` and `import`, and both entry points, give one class. */
function hasOneCopy() {
  const isThrownBy = (create) => {
    try {
      create({ steps: 5 });
    } catch (error) {
      return error instanceof InvalidInputError;
    }
    return false;
  };
  return (
    required.InvalidInputError === InvalidInputError &&
    isThrownBy(createRoute) &&
    isThrownBy(required.createRoute)
  );
}

/** A gateway step that responds with a function's result. */
function priceStep(connector) {
  return {
    name: "price",
    async request({ request }) {
      const sku = request.path.split("/").at(-1);
      const { payloadText } = await connector.invokeFunction({
        functionName: "price",
        payload: { sku },
      });
      return { respond: { status: 200, body: payloadText } };
    },
  };
}

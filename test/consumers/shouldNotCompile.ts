// Wrong calls: each line by itself must be refused.
import {
  createConnector,
  CredentialsError,
  InvokeFunction,
  type AnyConnectorError,
  type StandardSchema,
} from "aws-lambda-connector";
import { startLocalAws } from "aws-lambda-connector/local";
// @ts-expect-error -- the package does not export the engine
import "aws-lambda-connector/dist/src/engine/Call";

class Price {
  total!: number;
}

declare const schema: StandardSchema<string, number>;

class PriceRequest {
  sku!: string;
}

export async function wrong(error: AnyConnectorError): Promise<void> {
  const connector = createConnector();
  // @ts-expect-error -- a request is needed
  await connector.invokeFunction();
  // @ts-expect-error -- a name is needed
  await connector.invokeFunction({});
  // @ts-expect-error -- a misspelt field
  await connector.invokeFunction({ functionname: "price" });
  // @ts-expect-error -- no such invocation type
  await connector.invokeFunction({ functionName: "price", invocationType: "Later" });
  // @ts-expect-error -- a name is a text
  await connector.deleteFunction({ functionName: 7 });
  // @ts-expect-error -- a role is needed
  await connector.assumeRoleInvoke({ functionName: "price" });
  // @ts-expect-error -- a deletion returns a boolean
  const answer: string = await connector.deleteFunction({ functionName: "price" });
  // @ts-expect-error -- an invocation has no pages
  connector.invokeFunction.page();
  // @ts-expect-error -- no such operation
  await connector.createFunction({ functionName: "price" });
  // @ts-expect-error -- a misspelt setting
  createConnector({ regoin: "eu-central-1" });
  // @ts-expect-error -- keys go in pairs
  createConnector({ credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE" } });
  // @ts-expect-error -- milliseconds are a number
  new InvokeFunction({ timeoutMs: "5000" });
  const price = connector.function("price", {
    request: PriceRequest,
    response: Price,
  });
  // @ts-expect-error -- the contract wants a sku
  await price({ article: "A-17" });
  // @ts-expect-error -- the contract promises a total
  (await price({ sku: "A-17" })).sum;
  const length = connector.function("length", { request: schema, response: schema });
  // @ts-expect-error -- the schema wants a text
  await length(7);
  // @ts-expect-error -- the schema returns a number
  const text: string = await length("A-17");
  // @ts-expect-error -- each request of a batch is a text
  await length.many([7]);
  // @ts-expect-error -- a batch has no such option
  await length.many(["A-17"], { concurency: 5 });
  // @ts-expect-error -- without a type, a payload is unknown
  (await connector.invokeFunction({ functionName: "price" })).payload.total;
  // @ts-expect-error -- an outcome may be an error
  (await connector.invokeMany<Price>({ requests: [] }))[0]!.response.payload;
  // @ts-expect-error -- an outcome of a typed function may be an error
  (await price.many([]))[0]!.value.total;
  // @ts-expect-error -- the payload has another type
  (await connector.invokeFunction<Price>({ functionName: "price" })).payload.sum;
  // @ts-expect-error -- a contract is no string
  connector.function("price", { request: "PriceRequest" });
  // @ts-expect-error -- a time limit is an option
  await connector.invokeFunction({ functionName: "price", timeoutMs: 5 });
  // @ts-expect-error -- not every error has a status
  error.httpStatus;
  // @ts-expect-error -- no such code
  if (error.code === "ERR_UNKNOWN") throw error;
  // @ts-expect-error -- an error is not written to
  error.operation = "Other";
  // @ts-expect-error -- an entity is not written to
  (await connector.listFunctions())[0]!.memorySize = 1;
  // @ts-expect-error -- a fault has a kind
  (await startLocalAws()).faults.add({ operation: "Invoke" });
  console.log(answer, text, CredentialsError);
}

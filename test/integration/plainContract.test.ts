import { createConnector, type Connector } from "aws-lambda-connector";
import type { LocalAws } from "aws-lambda-connector/local";
import { IsString } from "class-validator";
import { connectionTo, startWorld } from "./world";

class PriceRequest {
  declare sku: string;
}
IsString()(PriceRequest.prototype, "sku");

describe("a contract without decorators", () => {
  let local: LocalAws;
  let connector: Connector;

  beforeAll(async () => {
    local = await startWorld({ functions: { echo: (event) => event } });
    connector = createConnector(connectionTo(local));
  });

  afterAll(async () => {
    connector.close();
    await local.close();
  });

  it("rejects a request that breaks it before anything is sent", async () => {
    const echo = connector.function("echo", { request: PriceRequest });

    const call = echo({ sku: 17 } as unknown as PriceRequest);

    await expect(call).rejects.toMatchObject({
      code: "ERR_INVALID_INPUT",
      issues: [{ path: "sku" }],
    });
    expect(local.requests.of("Invoke")).toEqual([]);
  });

  it("passes undeclared fields to the function and back", async () => {
    const echo = connector.function("echo", {
      request: PriceRequest,
      response: PriceRequest,
    });

    const answer = await echo(
      Object.assign(new PriceRequest(), { sku: "A-17", colour: "red" }),
    );

    expect(answer).toBeInstanceOf(PriceRequest);
    expect(answer).toEqual({ sku: "A-17", colour: "red" });
  });
});

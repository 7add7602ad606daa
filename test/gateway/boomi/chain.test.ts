import { InvokeFunctionResponse } from "../../../domain";
import { createRoute } from "../../../gateway";
import { sidecar } from "../../../gateway/boomi";
import { Body } from "../../../gateway/http/Body";
import { Exchange } from "../../../gateway/http/Exchange";
import { GatewayRequest } from "../../../gateway/http/GatewayRequest";
import { GatewayResponse } from "../../../gateway/http/GatewayResponse";
import { HeaderList } from "../../../gateway/http/HeaderList";
import { Route } from "../../../gateway/route/Route";
import { runRoute } from "../../../gateway/route/runRoute";
import type { Connector } from "../../../src";
import { configured } from "./scenario";

/** Creates a connector whose functions return the results in turn, and records their payloads. */
function connectorOf(answers: object[]): {
  connector: Connector;
  inputs: Record<string, unknown>[];
} {
  const inputs: Record<string, unknown>[] = [];
  const assumeRoleInvoke = ({ payload }: { payload: Uint8Array }) => {
    inputs.push(
      JSON.parse(Buffer.from(payload).toString()) as Record<string, unknown>,
    );
    const payloadBytes = Buffer.from(JSON.stringify(answers.shift() ?? {}));
    return Promise.resolve(
      new InvokeFunctionResponse(
        { statusCode: 200, payloadBytes },
        (text) => JSON.parse(text) as unknown,
      ),
    );
  };
  return { connector: { assumeRoleInvoke } as unknown as Connector, inputs };
}

describe("chained sidecars", () => {
  it("give each sidecar the message that the previous one has changed, in both directions", async () => {
    const { connector, inputs } = connectorOf([
      { modify: { payload: "first", addHeaders: { "X-By": "first" } } },
      { modify: { payload: "second" } },
      { modify: { payload: "third" } },
      {},
    ]);
    const lines = (selected: string) => configured(`expand-input:${selected}`);
    const step = () =>
      sidecar({
        connector,
        endpoint: { serviceId: "s", endpointId: "e" },
        preInput: `${lines("requestPayload")}\ninclude-request-headers:X-By`,
        postInput: lines("responsePayload,requestPayload"),
      });
    const text = new HeaderList(["Content-Type", "text/plain"]);
    const route = createRoute({
      steps: [step(), step()],
      origin: () =>
        Promise.resolve(
          new GatewayResponse({
            status: 200,
            headers: text,
            body: new Body(Buffer.from("origin")),
          }),
        ),
    });
    const request = new GatewayRequest({
      method: "POST",
      url: "/",
      headers: text,
      body: new Body(Buffer.from("client")),
      scheme: "http",
    });

    const definition = Route.definitionOf(route);
    if (!definition.origin) throw new Error("the route has no origin");
    const exchange = new Exchange(request, { native: undefined });
    const response = await runRoute(definition, exchange, definition.origin);

    expect(inputs).toMatchObject([
      { point: "PreProcessor", request: { payload: "client" } },
      { request: { payload: "first", headers: { "x-by": "first" } } },
      {
        point: "PostProcessor",
        request: { payload: "second" },
        response: { code: 200, payload: "origin" },
      },
      { response: { payload: "third" } },
    ]);
    expect(Buffer.from((await response.body.read(100)) ?? []).toString()).toBe(
      "third",
    );
  });
});

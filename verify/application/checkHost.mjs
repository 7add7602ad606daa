// `node checkHost.mjs`: sends requests through a route of the gateway in the host that `serve.mjs` starts.
import { deepStrictEqual, strictEqual } from "node:assert";
import { once } from "node:events";
import { createServer } from "node:http";
import { createConnector } from "aws-lambda-connector";
import { createRoute } from "aws-lambda-connector/gateway";
import { serve } from "./serve.mjs";
import { startAws } from "./startAws.mjs";

const local = await startAws();
const { endpoint, region, credentials } = local;
const connector = createConnector({ endpoint, region, credentials });
const origin = createServer(echo).listen(0, "127.0.0.1");
await once(origin, "listening");
const server = await serve(
  createRoute({
    steps: [{ name: "price", request: price }],
    origin: `http://127.0.0.1:${origin.address().port}`,
  }),
);
const url = `http://127.0.0.1:${server.address().port}`;

// A step changes a header, and a binary body reaches the origin and comes back unchanged.
const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251);
const passed = await fetch(`${url}/orders?sku=A-17`, {
  method: "POST",
  headers: { "content-type": "application/octet-stream" },
  body: bytes,
});
strictEqual(passed.status, 201);
strictEqual(passed.headers.get("x-path"), "/orders?sku=A-17");
strictEqual(passed.headers.get("x-total"), "1290");
deepStrictEqual(passed.headers.getSetCookie(), ["a=1", "b=2"]);
deepStrictEqual(new Uint8Array(await passed.arrayBuffer()), bytes);

// A step responds, and the origin is not called.
const refused = await fetch(`${url}/orders`);
strictEqual(refused.status, 400);
strictEqual(await refused.text(), "The parameter sku is missing.");

server.close();
server.closeAllConnections();
origin.close();
origin.closeAllConnections();
connector.close();
await local.close();

async function price({ request }) {
  const sku = new URL(request.url, "http://localhost").searchParams.get("sku");
  if (!sku)
    return { respond: { status: 400, body: "The parameter sku is missing." } };
  const { payload } = await connector.invokeFunction({
    functionName: "price",
    payload: { sku },
  });
  return { change: { setHeaders: { "X-Total": `${payload.total}` } } };
}

/** The origin: responds with the request's body. */
function echo(req, res) {
  res.writeHead(201, {
    "X-Path": req.url,
    "X-Total": req.headers["x-total"],
    "Set-Cookie": ["a=1", "b=2"],
  });
  req.pipe(res);
}

// A client of the gateway: sends orders with a constant number in flight, and reports when all responses have arrived.
import { Agent, request } from "node:http";

const BODY = Buffer.from(JSON.stringify({ sku: "A-17", amount: 2 }));
const agent = new Agent({ keepAlive: true });

const post = (port) =>
  new Promise((resolve, reject) => {
    const call = request(
      {
        agent,
        port,
        host: "127.0.0.1",
        method: "POST",
        path: "/orders?sku=A-17",
        headers: {
          "Content-Type": "application/json",
          "Content-Length": BODY.length,
          Authorization: "Bearer 91c0ffee",
          "X-Tier": "gold",
        },
      },
      (response) => {
        response.resume().once("end", () => {
          if (response.statusCode === 200) resolve();
          else
            reject(new Error(`the response has status ${response.statusCode}`));
        });
        response.once("error", reject);
      },
    );
    call.once("error", reject);
    call.end(BODY);
  });

process.on("message", async ({ port, calls, inFlight }) => {
  let left = calls;
  const work = async () => {
    while (left-- > 0) await post(port);
  };
  await Promise.all(Array.from({ length: inFlight }, work));
  process.send("done");
});
process.send("ready");

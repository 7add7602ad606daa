// What every client pays that uses `node:http`: a request with a body, and the JSON of the response. It neither signs nor checks anything.
import { Agent, request } from "node:http";
import { PATH, SOCKETS } from "./settings.mjs";

export function create({ endpoint }) {
  const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS });
  const { hostname: host, port } = new URL(endpoint);
  const options = { agent, host, port, method: "POST", path: PATH };
  return {
    call: (payload) =>
      new Promise((resolve, reject) => {
        const outgoing = request(options, (incoming) => {
          const chunks = [];
          incoming.on("data", (chunk) => chunks.push(chunk));
          incoming.once("end", () => {
            resolve(JSON.parse(Buffer.concat(chunks)));
          });
        });
        outgoing.once("error", reject);
        outgoing.end(JSON.stringify(payload));
      }),
    close: () => agent.destroy(),
  };
}

import { get } from "node:http";
import { json } from "node:stream/consumers";

/** Measures the CPU time of the stub's process, to show whether the stub was the bottleneck. */
export async function watchServer({ endpoint }) {
  const before = await cpuOf(endpoint);
  return { cpuUs: async () => (await cpuOf(endpoint)) - before };
}

function cpuOf(endpoint) {
  return new Promise((resolve, reject) => {
    const request = get(`${endpoint}/cpu`, { agent: false }, (response) => {
      json(response).then(({ user, system }) => {
        request.destroy();
        resolve(user + system);
      }, reject);
    });
    request.on("error", reject);
  });
}

// One measurement in a process of its own: one client, so many in flight, so many calls. Sends its numbers home.
import { CLIENTS } from "./clients/index.mjs";

const { client, inFlight, calls, target } = JSON.parse(process.argv[2]);
const { call, close } = CLIENTS[client].create(target);

/** Calls, always as many in flight as were asked for. */
async function drive(total) {
  let left = total;
  const worker = async () => {
    while (left-- > 0) await call({ sku: "A-17" });
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
}

await drive(Math.min(calls, 1_500));
const before = process.cpuUsage();
const start = performance.now();
await drive(calls);
const ms = performance.now() - start;
const { user, system } = process.cpuUsage(before);
await close();
process.send({
  cpuUs: (user + system) / calls,
  perSecond: (calls / ms) * 1_000,
});
process.disconnect();

/** After fewer calls the compiler is not through: the AWS SDK's first thousand cost three times what its fourth does. */
export const WARM_UP = 4_000;

/** What the function is given. */
export const PAYLOAD = { sku: "A-17" };

/** Calls, always as many in flight as were asked for. */
export async function drive(call, { calls, inFlight }) {
  let left = calls;
  const worker = async () => {
    while (left-- > 0) await call(PAYLOAD);
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
}

/** CPU and time that some work takes in this process. */
export async function costOf(work) {
  const before = process.cpuUsage();
  const start = performance.now();
  await work();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return { cpuUs: user + system, ms };
}

/** What calls cost once they are warm. */
export async function costOfCalls(call, { calls, inFlight }) {
  await drive(call, { calls: Math.min(WARM_UP, calls), inFlight });
  const cost = await costOf(() => drive(call, { calls, inFlight }));
  return {
    cpuUs: cost.cpuUs / calls,
    perSecond: (calls / cost.ms) * 1_000,
    cores: cost.cpuUs / 1_000 / cost.ms,
  };
}

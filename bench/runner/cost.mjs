/** Calls before the measurement, for the compiler: the AWS SDK's first thousand calls cost three times as much as its fourth thousand. */
export const WARM_UP = 4_000;

/** Payload of each call. */
export const PAYLOAD = { sku: "A-17" };

/** Makes calls with a constant number in flight. */
export async function runCalls(call, { calls, inFlight }) {
  let left = calls;
  const worker = async () => {
    while (left-- > 0) await call(PAYLOAD);
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
}

/** Measures CPU and elapsed time of some work in this process. */
export async function measureCost(work) {
  const before = process.cpuUsage();
  const start = performance.now();
  await work();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return { cpuUs: user + system, ms };
}

/** Measures the cost of calls after a warm-up. */
export async function measureCalls(call, { calls, inFlight }) {
  await runCalls(call, { calls: Math.min(WARM_UP, calls), inFlight });
  const cost = await measureCost(() => runCalls(call, { calls, inFlight }));
  return {
    cpuUs: cost.cpuUs / calls,
    perSecond: (calls / cost.ms) * 1_000,
    cores: cost.cpuUs / 1_000 / cost.ms,
  };
}

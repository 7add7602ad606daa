// The cost of a call with a cached role session, and the number of requests that assume the role, against the embedded AWS.
import { connect } from "../clients/connector.mjs";
import { atMost } from "../runner/targets.mjs";
import { measureCalls, runCalls } from "../runner/cost.mjs";
import {
  withServer,
  measure as measureInProcess,
} from "../runner/processes.mjs";
import { interleave } from "../runner/rounds.mjs";
import { CROSS_ACCOUNT } from "../servers/crossAccount.mjs";

const CALLS = 8_000;
const IN_FLIGHT = 32;
const COLD = 1_000;
const WARM = 100;

export async function measure({ what, calls, connection }) {
  const role = what === "underRole" ? { roleArn, externalIdKey } : undefined;
  const connector = connect({ ...connection, role });
  const numbers = await WORK[what](connector, calls);
  connector.close();
  return numbers;
}

const WORK = {
  invoke: (connector, calls) =>
    measureCalls(
      (payload) => connector.invokeFunction({ functionName: "price", payload }),
      { calls, inFlight: IN_FLIGHT },
    ),
  assumed: (connector, calls) =>
    measureCalls((payload) => invokeWithRole(connector, payload), {
      calls,
      inFlight: IN_FLIGHT,
    }),
  // The connection has the role.
  underRole: (connector, calls) =>
    measureCalls(
      (payload) => connector.invokeFunction({ functionName, payload }),
      { calls, inFlight: IN_FLIGHT },
    ),
  async atOnce(connector) {
    await runCalls((payload) => invokeWithRole(connector, payload), {
      calls: COLD,
      inFlight: COLD,
    });
    return {};
  },
  async oneAfterTheOther(connector) {
    await runCalls((payload) => invokeWithRole(connector, payload), {
      calls: 1 + WARM,
      inFlight: 1,
    });
    return {};
  },
};

const { functionName, roleArn, externalIdKey } = CROSS_ACCOUNT;
const invokeWithRole = (connector, payload) =>
  connector.assumeRoleInvoke({ functionName, roleArn, externalIdKey, payload });

export async function run({ rounds, share }) {
  return withServer("local", async ({ connection, ask }) => {
    const job = (what) => ({
      scenario: "assumeRole",
      what,
      calls: share(CALLS),
      connection,
    });
    const requestsOf = async (what) => {
      await ask("clear");
      await measureInProcess(job(what));
      return ask("count");
    };
    const warm = await requestsOf("oneAfterTheOther");
    const cold = await requestsOf("atOnce");
    const cpu = await interleave({
      rounds,
      jobs: {
        invoke: job("invoke"),
        assumed: job("assumed"),
        underRole: job("underRole"),
      },
      measure: measureInProcess,
    });
    const [own, assumed] = [cpu("invoke", "cpuUs"), cpu("assumed", "cpuUs")];
    const underRole = cpu("underRole", "cpuUs");
    return report({ own, assumed, underRole, warm, cold });
  });
}

function report({ own, assumed, underRole, warm, cold }) {
  // The first call also reads the external ID and assumes the role.
  const perWarmCall = (warm.all - 3) / WARM;
  return {
    title: "A function in another account",
    note: `Against the embedded AWS, ${IN_FLIGHT} in flight, with a cached role session.`,
    targets: [
      atMost(1.1, {
        short: "assumeRoleInvoke, warm: CPU",
        what: "CPU of a warm `assumeRoleInvoke`, against `invokeFunction`",
        value: assumed / own,
      }),
      atMost(1.1, {
        short: "connection.role, warm: CPU",
        what: "CPU of a warm `invokeFunction` under `connection.role`, against one without",
        value: underRole / own,
      }),
      atMost(1, {
        short: "assumeRoleInvoke, warm: HTTP requests",
        what: "HTTP requests of a warm `assumeRoleInvoke`",
        value: perWarmCall,
        unit: "",
      }),
      atMost(1, {
        short: "1,000 cold calls at once: STS requests",
        what: "STS requests of 1,000 cold calls at once",
        value: cold.AssumeRole,
        unit: "",
      }),
      atMost(1, {
        short: "1,000 cold calls at once: SSM requests",
        what: "SSM requests of 1,000 cold calls at once",
        value: cold.GetParameter,
        unit: "",
      }),
    ],
    table: {
      heads: ["32 in flight", "CPU per call"],
      rows: [
        ["`invokeFunction`", `${own.toFixed(0)} µs`],
        ["`assumeRoleInvoke`, warm", `${assumed.toFixed(0)} µs`],
        [
          "`invokeFunction` under `connection.role`, warm",
          `${underRole.toFixed(0)} µs`,
        ],
      ],
    },
  };
}

// Payloads from 1 KB to Lambda's 6 MB, sent and received, as bytes and as JSON: CPU per MB, and memory at its peak.
import { atMost, written } from "../runner/bar.mjs";
import { costOf } from "../runner/drive.mjs";
import { peakOf } from "../runner/peakOf.mjs";
import { withServer, measure as inProcess } from "../runner/processes.mjs";
import { recordsOf } from "../runner/records.mjs";
import { interleave } from "../runner/rounds.mjs";

const MB = 2 ** 20;
const SIZES = {
  "1 KB": 1024,
  "100 KB": 100 * 1024,
  "1 MB": MB,
  "6 MB": 6 * MB,
};
/** What is promised is promised from here on. */
const PROMISED = ["1 MB", "6 MB"];
const BARS = { cpu: 1, memory: 4 };
/** Fewer than elsewhere: large payloads take their time. */
const MOST_ROUNDS = 3;
/** A small payload goes more often than a large one, until so many MB have gone. */
const MB_SENT = 288;
const MOST_CALLS = 500;
/** Of a small payload on each road, before anything is measured. */
const WARM_UP = 750;

const ROADS = {
  sendBytes: "sent, a `Uint8Array`",
  sendJson: "sent, a JSON value",
  receiveBytes: "received, a `Uint8Array`",
  receiveJson: "received, a JSON value",
};

/** Each makes a call for every road: what goes in, what comes out. */
const CLIENTS = {
  async connector(target) {
    const { connect } = await import("../clients/connector.mjs");
    const connector = connect(target);
    const invoke = (functionName, payload) =>
      connector.invokeFunction({ functionName, payload });
    return {
      sendBytes: ({ bytes }) => invoke("price", bytes),
      sendJson: ({ value }) => invoke("price", value),
      receiveBytes: async ({ size }) =>
        (await invoke(`bytes-${size}`)).payloadBytes,
      receiveJson: async ({ size }) => (await invoke(`bytes-${size}`)).payload,
    };
  },
  async sdk(target) {
    const { InvokeCommand, LambdaClient } =
      await import("@aws-sdk/client-lambda");
    const { sdkConfig } = await import("../clients/sdk.mjs");
    const client = new LambdaClient(sdkConfig(target));
    const invoke = (FunctionName, Payload) =>
      client.send(new InvokeCommand({ FunctionName, Payload }));
    return {
      sendBytes: ({ bytes }) => invoke("price", bytes),
      sendJson: ({ value }) => invoke("price", JSON.stringify(value)),
      receiveBytes: async ({ size }) => (await invoke(`bytes-${size}`)).Payload,
      receiveJson: async ({ size }) => {
        const { Payload } = await invoke(`bytes-${size}`);
        return JSON.parse(Payload.transformToString());
      },
    };
  },
};

export async function measure({ client, size, share, target }) {
  const calls = await CLIENTS[client](target);
  for (const road of Object.keys(ROADS))
    await repeat(calls[road], { times: WARM_UP, given: givenOf(road, 1024) });
  const most = Math.min(MOST_CALLS, (MB_SENT * MB) / size);
  const times = Math.max(4, Math.ceil(most * share));
  const numbers = {};
  for (const [road, call] of Object.entries(calls)) {
    const given = givenOf(road, size);
    await repeat(call, { times: 2, given });
    const { cpuUs } = await costOf(() => repeat(call, { times, given }));
    numbers[`${road} cpuUs`] = cpuUs / times;
    const { used, kept, resident } = await peakOf(() => call(given));
    // What is parsed is the caller's, as what he sends is.
    const own = road === "receiveJson" ? kept : 0;
    numbers[`${road} used`] = (used - own) / size;
    numbers[`${road} resident`] = resident / size;
  }
  return numbers;
}

async function repeat(call, { times, given }) {
  for (let time = 0; time < times; time++) await call(given);
}

/** What a caller has in his hands before he calls. */
function givenOf(road, size) {
  if (road.startsWith("receive")) return { size };
  const text = recordsOf(size);
  return road === "sendBytes"
    ? { bytes: new Uint8Array(Buffer.from(text)) }
    : { value: JSON.parse(text) };
}

export async function run({ rounds, share }) {
  const number = await withServer("stub", ({ target }) => {
    const jobs = {};
    for (const [title, size] of Object.entries(SIZES))
      for (const client of Object.keys(CLIENTS))
        jobs[`${client} ${title}`] = {
          scenario: "payload",
          client,
          size,
          share: share(1),
          target,
        };
    return interleave({
      rounds: Math.min(rounds, MOST_ROUNDS),
      jobs,
      measure: inProcess,
    });
  });
  return report(({ client = "connector", road, size, field }) =>
    number(`${client} ${size}`, `${road} ${field}`),
  );
}

function report(number) {
  const cases = PROMISED.flatMap((size) =>
    Object.keys(ROADS).map((road) => ({ road, size })),
  );
  const cpu = (of) => number({ ...of, field: "cpuUs" });
  const ratio = (of) => cpu(of) / cpu({ ...of, client: "sdk" });
  const used = (of) => number({ ...of, field: "used" });
  const peak = (of) =>
    `${used(of).toFixed(1)} × (resident ${number({ ...of, field: "resident" }).toFixed(1)} ×)`;
  const row = (of) => [
    `${of.size} ${ROADS[of.road]}`,
    `${written(ratio(of), "×")} (${cpu(of).toFixed(0)} µs a call)`,
    // Below, what the client itself needs is more than the payload.
    ...(PROMISED.includes(of.size)
      ? [peak(of), peak({ ...of, client: "sdk" })]
      : ["–", "–"]),
  ];
  return {
    title: "Payloads",
    note: "One call at a time, 3 rounds. Memory is how far heap and buffers rise above their idle level while a call is under way, as a multiple of the payload; what the caller sends and what is parsed for him is his own and not counted. The worst of all cases is held against the bar.",
    bars: [
      atMost(BARS.cpu, {
        what: "CPU per MB, payloads of 1 and 6 MB, against the AWS SDK",
        short: "payloads of 1 to 6 MB: CPU, worst case",
        ...worst(cases, ratio),
      }),
      atMost(BARS.memory, {
        what: "Peak memory, payloads of 1 and 6 MB, against the payload",
        short: "payloads of 1 to 6 MB: peak memory, worst case",
        ...worst(cases, used),
      }),
    ],
    table: {
      heads: [
        "payload",
        "CPU, against the AWS SDK",
        "peak memory",
        "the AWS SDK's",
      ],
      rows: Object.keys(ROADS).flatMap((road) =>
        Object.keys(SIZES).map((size) => row({ road, size })),
      ),
    },
  };
}

function worst(cases, number) {
  const [most] = cases.toSorted((a, b) => number(b) - number(a));
  return { value: number(most), where: `${most.size} ${ROADS[most.road]}` };
}

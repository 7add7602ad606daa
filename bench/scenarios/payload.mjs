// Payloads from 1 KB to Lambda's 6 MB, sent and received, as bytes and as JSON: CPU per MB, and peak memory.
import { atMost, format } from "../runner/targets.mjs";
import { measureCost } from "../runner/cost.mjs";
import { measurePeak } from "../runner/measurePeak.mjs";
import {
  withServer,
  measure as measureInProcess,
} from "../runner/processes.mjs";
import { createJson } from "../runner/createJson.mjs";
import { interleave } from "../runner/rounds.mjs";

const MB = 2 ** 20;
const SIZES = {
  "1 KB": 1024,
  "100 KB": 100 * 1024,
  "1 MB": MB,
  "6 MB": 6 * MB,
};
/** Sizes that have targets. */
const SIZES_WITH_TARGET = ["1 MB", "6 MB"];
const TARGETS = { cpu: 1, memory: 4 };
/** Fewer rounds than elsewhere, because large payloads are slow. */
const MOST_ROUNDS = 3;
/** Small payloads are sent more often than large ones, up to this total. */
const MB_SENT = 288;
const MOST_CALLS = 500;
/** Calls with a small payload in each direction before the measurement. */
const WARM_UP = 750;

const DIRECTIONS = {
  sendBytes: "sent, a `Uint8Array`",
  sendJson: "sent, a JSON value",
  receiveBytes: "received, a `Uint8Array`",
  receiveJson: "received, a JSON value",
};

/** Functions that make one call in each direction, by client. */
const CLIENTS = {
  async connector(connection) {
    const { connect } = await import("../clients/connector.mjs");
    const connector = connect(connection);
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
  async sdk(connection) {
    const { InvokeCommand, LambdaClient } =
      await import("@aws-sdk/client-lambda");
    const { sdkConfig } = await import("../clients/sdk.mjs");
    const client = new LambdaClient(sdkConfig(connection));
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

export async function measure({ client, size, share, connection }) {
  const calls = await CLIENTS[client](connection);
  for (const direction of Object.keys(DIRECTIONS))
    await repeat(calls[direction], {
      times: WARM_UP,
      input: inputOf(direction, 1024),
    });
  const most = Math.min(MOST_CALLS, (MB_SENT * MB) / size);
  const times = Math.max(4, Math.ceil(most * share));
  const numbers = {};
  for (const [direction, call] of Object.entries(calls)) {
    const input = inputOf(direction, size);
    await repeat(call, { times: 2, input });
    const { cpuUs } = await measureCost(() => repeat(call, { times, input }));
    numbers[`${direction} cpuUs`] = cpuUs / times;
    const { used, kept, resident } = await measurePeak(() => call(input));
    // The parsed value belongs to the caller and is not counted.
    const own = direction === "receiveJson" ? kept : 0;
    numbers[`${direction} used`] = (used - own) / size;
    numbers[`${direction} resident`] = resident / size;
  }
  return numbers;
}

async function repeat(call, { times, input }) {
  for (let time = 0; time < times; time++) await call(input);
}

/** The input of a call, which the caller already has. */
function inputOf(direction, size) {
  if (direction.startsWith("receive")) return { size };
  const text = createJson(size);
  return direction === "sendBytes"
    ? { bytes: new Uint8Array(Buffer.from(text)) }
    : { value: JSON.parse(text) };
}

export async function run({ rounds, share }) {
  const number = await withServer("stub", ({ connection }) => {
    const jobs = {};
    for (const [title, size] of Object.entries(SIZES))
      for (const client of Object.keys(CLIENTS))
        jobs[`${client} ${title}`] = {
          scenario: "payload",
          client,
          size,
          share: share(1),
          connection,
        };
    return interleave({
      rounds: Math.min(rounds, MOST_ROUNDS),
      jobs,
      measure: measureInProcess,
    });
  });
  return report(({ client = "connector", direction, size, field }) =>
    number(`${client} ${size}`, `${direction} ${field}`),
  );
}

function report(number) {
  const cases = SIZES_WITH_TARGET.flatMap((size) =>
    Object.keys(DIRECTIONS).map((direction) => ({ direction, size })),
  );
  const cpu = (of) => number({ ...of, field: "cpuUs" });
  const ratio = (of) => cpu(of) / cpu({ ...of, client: "sdk" });
  const used = (of) => number({ ...of, field: "used" });
  const peak = (of) =>
    `${used(of).toFixed(1)} × (resident ${number({ ...of, field: "resident" }).toFixed(1)} ×)`;
  const row = (of) => [
    `${of.size} ${DIRECTIONS[of.direction]}`,
    `${format(ratio(of), "×")} (${cpu(of).toFixed(0)} µs a call)`,
    // For smaller payloads, the client itself needs more memory than the payload.
    ...(SIZES_WITH_TARGET.includes(of.size)
      ? [peak(of), peak({ ...of, client: "sdk" })]
      : ["–", "–"]),
  ];
  return {
    title: "Payloads",
    note: "One call at a time, 3 rounds. Memory is how far heap and buffers rise above their idle level during a call, as a multiple of the payload. The payload itself and the parsed value are not counted. The worst case is compared with the target.",
    targets: [
      atMost(TARGETS.cpu, {
        what: "CPU per MB, payloads of 1 and 6 MB, against the AWS SDK",
        short: "payloads of 1 to 6 MB: CPU, worst case",
        ...worst(cases, ratio),
      }),
      atMost(1, {
        what: `Peak memory, payloads of 1 and 6 MB, against ${TARGETS.memory} times the payload or the AWS SDK's, whichever is higher`,
        short: "payloads of 1 to 6 MB: peak memory, worst case",
        ...worst(
          cases,
          (of) =>
            used(of) / Math.max(TARGETS.memory, used({ ...of, client: "sdk" })),
        ),
      }),
    ],
    table: {
      heads: [
        "payload",
        "CPU, against the AWS SDK",
        "peak memory",
        "the AWS SDK's",
      ],
      rows: Object.keys(DIRECTIONS).flatMap((direction) =>
        Object.keys(SIZES).map((size) => row({ direction, size })),
      ),
    },
  };
}

function worst(cases, number) {
  const [most] = cases.toSorted((a, b) => number(b) - number(a));
  return {
    value: number(most),
    where: `${most.size} ${DIRECTIONS[most.direction]}`,
  };
}

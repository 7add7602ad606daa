// What one invocation costs, beside the peers: CPU per call in fresh processes, interleaved rounds, medians, ratios first.
import { fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { CLIENTS } from "./clients/index.mjs";

const ROUNDS = 3;
const IN_FLIGHT = [1, 32, 256];
const CALLS = 2_500;
const RAW = "sdk";

const env = {
  ...process.env,
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
};
const file = (name) => fileURLToPath(new URL(name, import.meta.url));
const median = (numbers) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function start(name) {
  const child = fork(file(name), { env });
  const [message] = await once(child, "message");
  return { child, message };
}

async function measure(job) {
  const child = fork(file("measure.mjs"), [JSON.stringify(job)], { env });
  const [[numbers]] = await Promise.all([
    once(child, "message"),
    once(child, "exit"),
  ]);
  return numbers;
}

async function invocations() {
  const { child, message: port } = await start("stub.mjs");
  const target = {
    endpoint: `http://127.0.0.1:${port}`,
    region: "eu-central-1",
    credentials: {
      accessKeyId: "AKIAIOSFODNN7EXAMPLE",
      secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    },
  };
  const seen = new Map();
  for (let round = 1; round <= ROUNDS; round++)
    for (const inFlight of IN_FLIGHT)
      for (const client of Object.keys(CLIENTS)) {
        const job = { client, inFlight, calls: CALLS, target };
        const key = `${client} ${inFlight}`;
        const { cpuUs } = await measure(job);
        seen.set(key, [...(seen.get(key) ?? []), cpuUs]);
        if (process.stderr.isTTY)
          process.stderr.write(`\r\u001b[Kround ${round} of ${ROUNDS}: ${key}`);
      }
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
  child.kill();
  return (client, inFlight) => median(seen.get(`${client} ${inFlight}`));
}

async function localPerSecond() {
  const { child, message: target } = await start("local.mjs");
  const job = { client: "floor", inFlight: 32, calls: 10_000, target };
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await measure(job));
  child.kill();
  return median(rounds.map(({ perSecond }) => perSecond));
}

function table(cpu) {
  const heads = IN_FLIGHT.map((inFlight) => `${inFlight} in flight`);
  const lines = Object.entries(CLIENTS).map(([client, { title }]) => {
    const cells = IN_FLIGHT.map((inFlight) => {
      const own = cpu(client, inFlight);
      const ratio = own / cpu(RAW, inFlight);
      return `${ratio.toFixed(2)} × (${own.toFixed(0)} µs)`;
    });
    return `| ${title} | ${cells.join(" | ")} |`;
  });
  return [
    `| CPU per invocation, against the AWS SDK | ${heads.join(" | ")} |`,
    `| --- |${" --- |".repeat(heads.length)}`,
    ...lines,
  ].join("\n");
}

const cpu = await invocations();
const perSecond = await localPerSecond();
const report = `${table(cpu)}

The embedded AWS answers ${Math.round(perSecond).toLocaleString("en")} signed invocations a second (at least 1,000 are promised).

Node ${process.version}, ${cpus().length} cores, medians of ${ROUNDS} interleaved rounds of ${CALLS.toLocaleString("en")} calls in fresh processes; Lambda played by a stub in
a process of its own on loopback, answers of 200 bytes. Absolute times differ from machine to machine; hold on to the ratios.
`;
console.log(report);
const readme = file("../README.md");
writeFileSync(
  readme,
  readFileSync(readme, "utf8").replace(
    /(<!-- bench -->).*(<!-- \/bench -->)/s,
    (_, start, end) => `${start}\n\n${report}\n${end}`,
  ),
);
if (perSecond < 1_000) process.exitCode = 1;

import {
  execFile,
  spawnSync,
  spawn,
  type ChildProcess,
} from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const ROOT = join(__dirname, "../..");

/** The gateway's default address in the guides and the examples. */
export const BASE = "http://127.0.0.1:8080";

/** The response as a client sees it. */
export interface Answer {
  readonly statusLine: string;
  readonly headers: readonly string[];
  readonly body: string;
}

/** A curl command on a page, and the response shown below it. */
export interface Shown extends Answer {
  readonly line: string;
}

/** Finds the curl commands on a page of the guides. */
export const shownOn = (page: string): Shown[] =>
  [
    ...readFileSync(join(ROOT, "docs/guides", page), "utf8").matchAll(
      /^```sh\n(curl .*)\n```\n\n```text\n([^]*?)\n```$/gm,
    ),
  ].map(([, line = "", answer = ""]) => ({ line, ...toAnswer(answer) }));

function toAnswer(text: string): Answer {
  const [head = "", ...rest] = text.split(/\r?\n\r?\n/);
  const [statusLine = "", ...headers] = head.split(/\r?\n/);
  return { statusLine, headers, body: rest.join("\n\n").trimEnd() };
}

/** A gateway that runs in a separate process, and its output. */
export interface Running {
  readonly base: string;
  readonly printed: () => string;
  readonly process: ChildProcess;
}

/** Starts a gateway example on a free port. */
export async function start(
  example: string,
  ...args: string[]
): Promise<Running> {
  const child = spawn(
    process.execPath,
    [join(ROOT, "examples/gateway", example), ...args, "--port", "0"],
    { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] },
  );
  let printed = "";
  child.stdout.setEncoding("utf8");
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    printed += String(chunk);
    // The last line that the example prints before the first request.
    if (printed.includes("failures:")) break;
  }
  child.stdout.on("data", (chunk: string) => (printed += chunk));
  const base = /listens at (http:\S+),/.exec(printed)?.[1] ?? "";
  return { base, printed: () => printed, process: child };
}

/** Finds the curl commands that a gateway has printed, with the default address. */
export const printedBy = ({ printed, base }: Running): string[] =>
  (printed().match(/curl .*/g) ?? []).map((line) => line.replace(base, BASE));

/** Runs a curl command and returns the response. */
export type Way = (line: string) => Promise<Answer>;

const byCurl: Way = async (line) => {
  const { stdout } = await promisify(execFile)("sh", [
    "-c",
    line.replace(/^curl /, "curl -sS "),
  ]);
  return toAnswer(stdout);
};

/** The same line read by ourselves, for machines without curl. */
const byFetch: Way = async (line) => {
  const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(
    ([, quoted, bare]) => quoted ?? bare ?? "",
  );
  const after = (flag: string) =>
    words.filter((_, at) => words[at - 1] === flag);
  const [body] = after("-d");
  const answer = await fetch(words.at(-1) ?? "", {
    headers: [
      ...(body === undefined || line.includes("Content-Type:")
        ? []
        : [["Content-Type", "application/x-www-form-urlencoded"]]),
      ...after("-H").map((header) => header.split(": ", 2)),
    ] as [string, string][],
    ...(body !== undefined && { method: "POST", body }),
  });
  return {
    statusLine: `HTTP/1.1 ${answer.status} ${answer.statusText}`,
    headers: [...answer.headers].map(([name, value]) => `${name}: ${value}`),
    body: (await answer.text()).trimEnd(),
  };
};

/** Whether this machine has curl. */
const hasCurl = spawnSync("curl", ["--version"]).status === 0;

/** The ways of asking that there are here, by name. */
export const ways: [string, Way][] = [
  ...(hasCurl ? [["curl", byCurl] satisfies [string, Way]] : []),
  ["fetch", byFetch],
];

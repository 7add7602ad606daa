import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

jest.setTimeout(30_000);

const ROOT = join(__dirname, "../..");

/** Where the page and the examples have the gateway, unless somebody says otherwise. */
const BASE = "http://127.0.0.1:8080";

/** A line of curl on the page, and the answer that stands below it. */
interface Shown {
  readonly line: string;
  readonly statusLine: string;
  readonly headers: readonly string[];
  readonly body: string;
}

const shown: Shown[] = [
  ...readFileSync(join(ROOT, "docs/guides/gateway.md"), "utf8").matchAll(
    /^```sh\n(curl .*)\n```\n\n```text\n([^]*?)\n```$/gm,
  ),
].map(([, line = "", answer = ""]) => ({ line, ...toAnswer(answer) }));

function toAnswer(text: string) {
  const [head = "", ...rest] = text.split(/\r?\n\r?\n/);
  const [statusLine = "", ...headers] = head.split(/\r?\n/);
  return { statusLine, headers, body: rest.join("\n\n").trimEnd() };
}

/** A gateway in a process of its own, and what it has printed. */
interface Running {
  readonly base: string;
  readonly printed: () => string;
  readonly process: ChildProcess;
}

async function start(example: string): Promise<Running> {
  const child = spawn(
    process.execPath,
    [join(ROOT, "examples/gateway", example), "--port", "0"],
    { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] },
  );
  let printed = "";
  child.stdout.setEncoding("utf8");
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    printed += String(chunk);
    // Its last line before anybody has asked.
    if (printed.includes("failures:")) break;
  }
  child.stdout.on("data", (chunk: string) => (printed += chunk));
  const base = /listens at (http:\S+),/.exec(printed)?.[1] ?? "";
  return { base, printed: () => printed, process: child };
}

type Way = (line: string) => Promise<ReturnType<typeof toAnswer>>;

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

const ways: [string, Way][] = [
  ["curl", byCurl],
  ["fetch", byFetch],
];

describe("the lines of curl on the gateway's page", () => {
  it("are found", () => {
    expect(shown.length).toBeGreaterThan(15);
  });

  describe.each(["express.mjs", "fastify.mjs"])("under %s", (example) => {
    let gateway: Running;

    beforeAll(async () => {
      gateway = await start(example);
    });

    afterAll(async () => {
      gateway.process.kill();
      await once(gateway.process, "exit");
    });

    it("are those that the example prints", () => {
      const lines = gateway.printed().match(/curl .*/g) ?? [];

      expect(lines.map((line) => line.replace(gateway.base, BASE))).toEqual(
        shown.map(({ line }) => line),
      );
    });

    describe.each(ways)("by %s", (tool, ask) => {
      it.each(shown)("$line", async ({ line, ...answer }) => {
        const isThere = tool !== "curl" || (await hasCurl());
        if (!isThere) return;

        const told = await ask(line.replace(BASE, gateway.base));

        expect(told).toMatchObject({
          statusLine: answer.statusLine,
          body: answer.body,
        });
        const there = told.headers.map((header) => header.toLowerCase());
        expect(there).toEqual(
          expect.arrayContaining(
            answer.headers.map((header) => header.toLowerCase()),
          ),
        );
        const isDropped = line.includes("/after/modify");
        if (isDropped) expect(there.join()).not.toContain("x-origin");
      });
    });

    it("tells of failures, and of the event, where it runs", () => {
      expect(gateway.printed()).toContain(
        "! FunctionError (PreProcessor): the call goes on",
      );
      expect(gateway.printed()).toContain(
        "order-log was told of GET /orders/7 (PreProcessor)",
      );
    });
  });
});

let curl: Promise<boolean> | undefined;

function hasCurl(): Promise<boolean> {
  curl ??= promisify(execFile)("curl", ["--version"]).then(
    () => true,
    () => false,
  );
  return curl;
}

describe("an example of the gateway", () => {
  async function refused(...args: string[]): Promise<string> {
    try {
      await promisify(execFile)(process.execPath, args);
      throw new Error("it has begun");
    } catch (error) {
      return (error as { stderr: string }).stderr;
    }
  }

  it.each([
    ["express", "Express"],
    ["fastify", "Fastify"],
  ])(
    "says what is missing where %s is not installed",
    async (name, caption) => {
      const folder = mkdtempSync(join(tmpdir(), "gateway-"));
      cpSync(join(ROOT, "examples"), join(folder, "examples"), {
        recursive: true,
        filter: (path) => !path.includes("/."),
      });
      mkdirSync(join(folder, "node_modules"));
      symlinkSync(ROOT, join(folder, "node_modules/aws-lambda-connector"));

      const told = await refused(join(folder, `examples/gateway/${name}.mjs`));

      rmSync(folder, { recursive: true });
      expect(told).toBe(
        `This example needs ${caption} 5, which is not installed: npm install ${name}@5\n`,
      );
    },
  );

  it("says which ports there are", async () => {
    const told = await refused(
      join(ROOT, "examples/gateway/express.mjs"),
      "--port",
      "many",
    );

    expect(told).toBe("--port takes a number from 0 to 65535, not many.\n");
  });
});

import { execFile } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  BASE,
  printedBy,
  shownOn,
  start,
  ways,
  type Running,
} from "./curlLines";

jest.setTimeout(120_000);

const ROOT = join(__dirname, "../..");

const shown = shownOn("gateway.md");

describe("the curl commands of the gateway guide", () => {
  it("include every command of the page", () => {
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

    it("are the commands that the example prints", () => {
      expect(printedBy(gateway)).toEqual(shown.map(({ line }) => line));
    });

    describe.each(ways)("by %s", (_, ask) => {
      it.each(shown)("$line", async ({ line, ...answer }) => {
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

    it("logs failures and the event to the console of the example", () => {
      expect(gateway.printed()).toContain(
        "! FunctionError (PreProcessor): the call continues",
      );
      expect(gateway.printed()).toContain(
        "order-log received GET /orders/7 (PreProcessor)",
      );
    });
  });
});

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
    { name: "express@5", caption: "Express 5", args: ["express.mjs"] },
    { name: "fastify@5", caption: "Fastify 5", args: ["fastify.mjs"] },
    {
      name: "express@5",
      caption: "Express 5",
      args: ["gravitee.mjs", "express"],
    },
    {
      name: "fastify@5",
      caption: "Fastify 5",
      args: ["gravitee.mjs", "fastify"],
    },
    { name: "hono@4", caption: "Hono 4", args: ["gravitee.mjs", "fetch"] },
  ])(
    "reports that $name is not installed: $args",
    async ({ name, caption, args: [example = "", ...words] }) => {
      const folder = mkdtempSync(join(tmpdir(), "gateway-"));
      cpSync(join(ROOT, "examples"), join(folder, "examples"), {
        recursive: true,
        filter: (path) => !path.includes("/."),
      });
      mkdirSync(join(folder, "node_modules"));
      symlinkSync(ROOT, join(folder, "node_modules/aws-lambda-connector"));

      const told = await refused(
        join(folder, "examples/gateway", example),
        ...words,
      );

      rmSync(folder, { recursive: true });
      expect(told).toBe(
        `This example requires ${caption}, which is not installed; run npm install ${name}\n`,
      );
    },
  );

  it("reports the valid ports", async () => {
    const told = await refused(
      join(ROOT, "examples/gateway/express.mjs"),
      "--port",
      "many",
    );

    expect(told).toBe("--port must be a number from 0 to 65535, not many.\n");
  });

  it("reports the available servers", async () => {
    const told = await refused(
      join(ROOT, "examples/gateway/gravitee.mjs"),
      "koa",
    );

    expect(told).toBe(
      "The argument must be one of node, express, fastify, fetch, not koa.\n",
    );
  });
});

import { execFile } from "node:child_process";
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

// Compilers and package managers take their time.

const ROOT = resolve(__dirname, "../..");
const CONSUMERS = join(ROOT, "test/consumers");
const run = promisify(execFile);
const bin = (name: string): string => join(ROOT, "node_modules/.bin", name);

/** A project in which the packed package is installed, with nothing else from this repository. */
let project: string;

beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), "consumer-"));
  const pack = ["pack", "--silent", "--ignore-scripts", "--pack-destination"];
  await run("npm", [...pack, project], { cwd: ROOT });
  const [tarball = ""] = readdirSync(project);
  writeFileSync(
    join(project, "package.json"),
    '{ "name": "consumer", "private": true }',
  );
  const install = ["install", "--no-audit", "--no-fund", "--prefer-offline"];
  await run("npm", [...install, `./${tarball}`], { cwd: project });
  for (const file of readdirSync(CONSUMERS))
    copyFileSync(join(CONSUMERS, file), join(project, file));
}, 600_000);

afterAll(() => {
  rmSync(project, { recursive: true });
});

async function start(...args: string[]): Promise<string> {
  const env = {
    ...process.env,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
  const { stdout, stderr } = await run(process.execPath, args, {
    cwd: project,
    env,
  });
  return `${stdout}${stderr}`.trim();
}

function write(name: string, code: string): void {
  writeFileSync(join(project, name), code);
}

const REQUIRE = `
  const journey = require("./journey.js");
  journey(require("aws-lambda-connector"), require("aws-lambda-connector/local")).then(console.log);`;

const IMPORT = `
  import * as connector from "aws-lambda-connector";
  import * as local from "aws-lambda-connector/local";
  import journey from "./journey.js";
  console.log(await journey(connector, local));`;

describe("the packed package", () => {
  it("works from CommonJS", async () => {
    write("start.cjs", REQUIRE);

    expect(await start("start.cjs")).toBe("1 1290 true");
  });

  it("works from ES modules", async () => {
    write("start.mjs", IMPORT);

    expect(await start("start.mjs")).toBe("1 1290 true");
  });

  it.each([
    [
      "Node",
      "start.mjs",
      `import { createRequire } from "node:module";
       import * as imported from "aws-lambda-connector";
       import * as gateway from "aws-lambda-connector/gateway";
       const require = createRequire(import.meta.url);`,
    ],
    [
      "CommonJS",
      "start.cjs",
      `const imported = require("aws-lambda-connector");
       const gateway = require("aws-lambda-connector/gateway");`,
    ],
  ])("has one copy of each class in %s", async (_, file, imports) => {
    write(
      file,
      `${imports}
       const required = require("aws-lambda-connector");
       const names = Object.keys(required).filter((name) => required[name] !== imported[name]);
       const isOurs = (create) => {
         try {
           create({ steps: 5 });
         } catch (error) {
           return error instanceof required.InvalidInputError;
         }
       };
       console.log(names.length, isOurs(gateway.createRoute), isOurs(require("aws-lambda-connector/gateway").createRoute));`,
    );

    expect(await start(file)).toBe("0 true true");
  });

  it("contains the quickstart and its functions", async () => {
    const examples = "node_modules/aws-lambda-connector/examples";

    const told = await start(`${examples}/quickstart.mjs`);

    expect(told).toContain("Everything ran on this machine");
  });

  it.each(["node16", "nodenext", "bundler"])(
    "compiles under moduleResolution %s, strict and without skipLibCheck, and every wrong call fails to compile",
    async (moduleResolution) => {
      const module =
        moduleResolution === "bundler" ? "esnext" : moduleResolution;
      const options = {
        compilerOptions: {
          module,
          moduleResolution,
          target: "es2022",
          strict: true,
          exactOptionalPropertyTypes: true,
          noUncheckedIndexedAccess: true,
          skipLibCheck: false,
          noEmit: true,
          types: ["node"],
          typeRoots: [join(ROOT, "node_modules/@types")],
        },
        files: ["shouldCompile.ts", "shouldNotCompile.ts"],
      };
      write("tsconfig.json", JSON.stringify(options));

      const told = await run(process.execPath, [
        bin("tsc"),
        "-p",
        project,
      ]).then(
        () => "",
        (failure: unknown) => (failure as { stdout: string }).stdout,
      );

      expect(told).toBe("");
    },
  );

  it.each([
    ["its default order of fields", []],
    ["the order that prefers ESM", ["--main-fields=module,main"]],
  ])("is bundled by esbuild in %s", async (_, args) => {
    write("start.mjs", IMPORT);
    const options = [
      "--bundle",
      "--platform=node",
      "--format=cjs",
      "--outfile=bundle.cjs",
      "--log-level=error",
    ];
    write(
      "entry.ts",
      `
      import * as connector from "aws-lambda-connector";
      import * as local from "aws-lambda-connector/local";
      import journey from "./journey.js";
      journey(connector, local).then(console.log);`,
    );

    await run(bin("esbuild"), ["entry.ts", ...options, ...args], {
      cwd: project,
    });

    expect(await start("bundle.cjs")).toBe("1 1290 true");
  });

  it("can be imported by jest without configuration", async () => {
    write(
      "jest.test.js",
      `
      const journey = require("./journey.js");
      test("journey", async () => {
        expect(await journey(require("aws-lambda-connector"), require("aws-lambda-connector/local"))).toBe("1 1290 true");
      });
      test("one copy", () => {
        const { InvalidInputError } = require("aws-lambda-connector");
        expect(() => require("aws-lambda-connector/gateway").createRoute({ steps: 5 })).toThrow(InvalidInputError);
      });`,
    );

    const { stderr } = await run(
      process.execPath,
      [bin("jest"), "--rootDir", project, "jest.test.js"],
      { cwd: project },
    );

    expect(stderr).toContain("2 passed");
  });
});

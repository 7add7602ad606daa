import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

/**
 * The maximum size of the package. Exceeding it requires a decision. The gateway brought its bundle, its declarations, two guides
 * and an example of six files; Gravitee's policy and its expressions a hundred and thirty declarations, a guide, an example of nine
 * files, and the package that reads `Accept`. The limits on outside input brought own readers of XML, PKCS#12 and paths.
 * The ES modules for bundlers are the same code again, one file per module. Six files replace two dependencies that read the
 * credentials of containers and instances. The router, the limits, the cache, CORS and the API keys of the gateway are 60 modules, in both
 * builds and as declarations.
 */
const BUDGET = { kilobytes: 4_300, files: 1_400, dependencies: 8 };

// npm packs in its own time.

const ROOT = join(__dirname, "../..");

/**
 * What declarations for TypeScript 5.0 must not contain: binary types with a parameter (5.7), iterator types with names of their own (5.6), `NoInfer` (5.4), import attributes (5.3) and deferred imports (5.9).
 */
const NEWER_SYNTAX =
  /\b(?:(?:Big)?(?:Ui|I)nt\d+(?:Clamped)?Array|Float\d+Array|DataView|Buffer)<|\b(?:Async)?IteratorObject\b|\b(?:Array|Map|Set|String|RegExpString)Iterator<|\bNoInfer<|^import .* with \{|^import defer /m;

async function run(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: ROOT,
  });
  return stdout.trim();
}

/** What would be published. */
async function pack(): Promise<{
  unpackedSize: number;
  files: { path: string }[];
}> {
  const { stdout } = await promisify(execFile)(
    "npm",
    ["pack", "--dry-run", "--json", "--ignore-scripts"],
    { cwd: ROOT },
  );
  const [packed] = JSON.parse(stdout) as [Awaited<ReturnType<typeof pack>>];
  return packed;
}

describe("the package", () => {
  it.each([
    "",
    "/domain",
    "/operations",
    "/local",
    "/gateway",
    "/gateway/boomi",
    "/gateway/gravitee",
  ])(
    "has the same exports for require and import: aws-lambda-connector%s",
    async (path) => {
      const program = `
        import { createRequire } from "node:module";
        const name = "aws-lambda-connector${path}";
        const required = createRequire(import.meta.url)(name);
        const imported = await import(name);
        const names = Object.keys(required).filter((key) => key !== "default");
        console.log(names.length, names.filter((key) => imported[key] !== required[key]).join());`;

      const told = await run("--input-type=module", "-e", program);

      expect(told).toMatch(/^[1-9]\d*$/);
    },
  );

  it("makes nothing reachable but its entry points", async () => {
    const program = `
      try { require("aws-lambda-connector/dist/src/engine/call/Call.js"); } catch ({ code }) { console.log(code); }`;

    const told = await run("-e", program);

    expect(told).toBe("ERR_PACKAGE_PATH_NOT_EXPORTED");
  });

  it("allows the domain to be imported alone", async () => {
    const program = `
      const { AWS_Region, captionOf } = require("aws-lambda-connector/domain");
      console.log(captionOf(AWS_Region, "eu_central_1"));`;

    const told = await run("-e", program);

    expect(told).toBe("eu-central-1 (Frankfurt)");
  });

  it("stays within its budget of size, files, runtime dependencies and side effects", async () => {
    const { dependencies, sideEffects } = JSON.parse(
      readFileSync(join(ROOT, "package.json"), "utf8"),
    ) as { dependencies: Record<string, string>; sideEffects: boolean };
    const packed = await pack();

    const facts = {
      kilobytes: Math.ceil(packed.unpackedSize / 1024),
      files: packed.files.length,
      dependencies: Object.keys(dependencies).length,
      sideEffects,
    };
    process.stdout.write(`the package: ${JSON.stringify(facts)}\n`);
    expect(facts.kilobytes).toBeLessThanOrEqual(BUDGET.kilobytes);
    expect(facts.files).toBeLessThanOrEqual(BUDGET.files);
    expect(facts.dependencies).toBeLessThanOrEqual(BUDGET.dependencies);
    expect(facts.sideEffects).toBe(false);
  });

  it("has declarations that the oldest supported TypeScript, 5.0, can read", () => {
    const files = readdirSync(join(ROOT, "dist"), { recursive: true })
      .map(String)
      .filter((file) => file.endsWith(".d.ts"));

    const newer = files.filter((file) =>
      NEWER_SYNTAX.test(readFileSync(join(ROOT, "dist", file), "utf8")),
    );

    expect(files.length).toBeGreaterThan(100);
    expect(newer).toEqual([]);
  });

  it("contains every page that its pages link to", async () => {
    const paths = (await pack()).files.map(({ path }) => path);
    const pages = paths.filter((path) => /^[^/]+\.md$|^docs\//.test(path));

    const dead = pages.flatMap((page) =>
      [...readFileSync(join(ROOT, page), "utf8").matchAll(/\]\(([^)#:]+)\)/g)]
        .map(([, link = ""]) => join(dirname(page), link))
        .filter((target) => !paths.some((path) => path.startsWith(target)))
        .map((target) => `${page} -> ${target}`),
    );

    expect(pages).toContain("README.md");
    expect(dead).toEqual([]);
  });
});

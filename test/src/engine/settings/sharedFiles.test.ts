import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { loadSharedConfigFiles } from "@smithy/core/config";
import {
  readSharedFiles,
  type Section,
} from "../../../../src/engine/settings/sharedFiles";
import { temporaryFolder } from "../../../temporaryFolder";

const environment = { ...process.env };

afterEach(() => {
  process.env = { ...environment };
});

/** Writes both files and selects them. */
function write(config: string, credentials = ""): void {
  const folder = temporaryFolder("shared");
  const [configFile, credentialsFile] = [
    join(folder, "config"),
    join(folder, "credentials"),
  ];
  writeFileSync(configFile, config);
  writeFileSync(credentialsFile, credentials);
  Object.assign(process.env, {
    AWS_CONFIG_FILE: configFile,
    AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
  });
}

type Sections = Record<string, Record<string, string>>;

/** Converts sections to the SDK's form, which omits empty ones. */
function toObject(sections: ReadonlyMap<string, Section>): Sections {
  return Object.fromEntries(
    [...sections]
      .filter(([, section]) => section.size > 0)
      .map(([name, section]) => [name, Object.fromEntries(section)]),
  );
}

async function expectSameAsSdk(
  config: string,
  credentials: string,
): Promise<void> {
  write(config, credentials);
  const sdk = await loadSharedConfigFiles({ ignoreCache: true });

  const own = readSharedFiles();

  expect({
    configFile: toObject(own.config.sections),
    credentialsFile: toObject(own.credentials.sections),
  }).toEqual(sdk);
}

const name = fc.constantFrom(
  "default",
  "dev",
  "a.b",
  "a/b:c@d+e%f",
  '"dev"',
  "'dev'",
  "\"dev'",
  "my profile",
  "",
);
const heading = fc
  .tuple(
    fc.constantFrom("", " ", "\t", "\uFEFF"),
    fc.constantFrom("", "profile ", "profile  ", " profile ", "profile."),
    name,
    fc.constantFrom("]", " ]", "] ", "] # comment", "]# text", "", "]]"),
  )
  .map(([before, prefix, text, end]) => `${before}[${prefix}${text}${end}`);
const otherHeading = fc
  .tuple(
    fc.constantFrom("services", "sso-session", "plugins", "Profile"),
    fc.constantFrom(" ", "  ", "\t", "."),
    name,
  )
  .map(([prefix, separator, text]) => `[${prefix}${separator}${text}]`);
const setting = fc
  .tuple(
    fc.constantFrom("", " ", "  ", "\t"),
    fc.constantFrom("region", "lambda", "endpoint_url", "s3", "", "Region"),
    fc.constantFrom("=", " = ", "= ", " =", "==", " ", ":"),
    fc.constantFrom(
      "eu-central-1",
      "",
      "true",
      "a = b",
      "http://127.0.0.1:4566/#here",
      "x # comment",
      "x ; comment",
      "x;y#z",
      "\u00a0",
      '"quoted"',
    ),
  )
  .map((parts) => parts.join(""));
const comment = fc.constantFrom("# comment", "; comment", " # a = b", "", "  ");
const file = fc
  .tuple(
    fc.array(
      fc.oneof(
        { weight: 3, arbitrary: heading },
        { weight: 1, arbitrary: otherHeading },
        { weight: 6, arbitrary: setting },
        { weight: 1, arbitrary: comment },
      ),
      { maxLength: 25 },
    ),
    fc.constantFrom("\n", "\r\n", "\r"),
  )
  .map(([lines, end]) => lines.join(end));

describe("readSharedFiles", () => {
  it("reads generated files as the AWS SDK does", async () => {
    await fc.assert(fc.asyncProperty(file, file, expectSameAsSdk), {
      numRuns: 1_000,
    });
  });

  it.each<[string, string]>([
    ["nested settings", "[services a]\nlambda =\n  endpoint_url = http://l\n"],
    ["nested settings without an indent", "[services a]\nlambda =\nx = 1\n"],
    ["both forms of the default", "[default]\na = 1\n[profile default]\nb = 2"],
    ["a repeated section", "[profile a]\nx = 1\n[default]\n[profile a]\ny = 2"],
    ["a key before any section", "region = eu-central-1\n[default]\nx = 1"],
    ["a profile without a prefix", "[dev]\nregion = eu-central-1"],
    ["a byte order mark", "\uFEFF[default]\nregion = eu-central-1"],
  ])("reads %s as the AWS SDK does", async (_, text) => {
    await expectSameAsSdk(text, text);
  });

  it("knows a profile without settings", () => {
    write("[profile empty]\n");

    expect(readSharedFiles().config.sections.has("empty")).toBe(true);
  });

  it("reads names that are properties of every object", () => {
    write("[profile __proto__]\nregion = a\n[profile constructor]\nx = 1");

    const { sections } = readSharedFiles().config;

    expect([...sections.keys()]).toEqual(["__proto__", "constructor"]);
  });

  it("reads files that do not exist as empty", () => {
    const folder = temporaryFolder("shared");
    delete process.env["AWS_CONFIG_FILE"];
    delete process.env["AWS_SHARED_CREDENTIALS_FILE"];
    process.env["HOME"] = folder;

    expect(readSharedFiles()).toEqual({
      config: { path: join(folder, ".aws/config"), sections: new Map() },
      credentials: {
        path: join(folder, ".aws/credentials"),
        sections: new Map(),
      },
    });
  });

  it("expands ~/ in the path of a file", () => {
    const folder = temporaryFolder("shared");
    mkdirSync(join(folder, "settings"));
    writeFileSync(join(folder, "settings/aws"), "[default]\nregion = here");
    process.env["HOME"] = folder;
    process.env["AWS_CONFIG_FILE"] = "~/settings/aws";

    const { path, sections } = readSharedFiles().config;

    expect(path).toBe(join(folder, "settings/aws"));
    expect(sections.get("default")?.get("region")).toBe("here");
  });

  it.each<[string, (path: string) => void, string]>([
    [
      "a folder",
      (path) => {
        mkdirSync(path);
      },
      "it is not a file",
    ],
    [
      "larger than 1 MB",
      (path) => {
        writeFileSync(path, "#".repeat(1_048_577));
      },
      "it is larger than 1 MB",
    ],
    [
      "in UTF-16",
      (path) => {
        writeFileSync(path, Buffer.from("[default]\nregion = here", "utf16le"));
      },
      "it is not text in UTF-8",
    ],
  ])("says why a file that is %s cannot be read", (_, create, problem) => {
    const path = join(temporaryFolder("shared"), "config");
    create(path);
    process.env["AWS_CONFIG_FILE"] = path;

    expect(readSharedFiles().config).toEqual({
      path,
      variable: "AWS_CONFIG_FILE",
      sections: new Map(),
      problem,
    });
  });

  it("reads a device such as /dev/zero as empty, and never ends in it", () => {
    process.env["AWS_CONFIG_FILE"] = "/dev/zero";

    const { sections, problem } = readSharedFiles().config;

    expect([sections.size, problem]).toEqual([0, undefined]);
  });
});

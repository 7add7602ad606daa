import { join } from "node:path";
import { findFunctions } from "../../../dist/local/runtime";
import { folderWith } from "./folderWith";

const runtime = `nodejs${process.versions.node.split(".")[0] ?? ""}.x`;

describe("findFunctions", () => {
  it("finds files and folders in sorted order and ignores the rest", () => {
    const folder = folderWith({
      "price.mjs": "",
      "hello.js": "",
      "stock/index.cjs": "",
      "README.md": "",
      "package.json": "{}",
      ".hidden.js": "",
      "node_modules/index.js": "",
      "shared/tax.js": "",
    });

    const found = findFunctions(folder);

    const code = (file: string) => ({
      kind: "file",
      path: join(folder, file),
      exportName: "handler",
      root: folder,
    });
    expect(found).toEqual([
      {
        functionName: "hello",
        code: code("hello.js"),
        handler: "hello.handler",
        runtime,
      },
      {
        functionName: "price",
        code: code("price.mjs"),
        handler: "price.handler",
        runtime,
      },
      {
        functionName: "stock",
        code: code("stock/index.cjs"),
        handler: "index.handler",
        runtime,
      },
    ]);
  });

  it("reads the settings next to a file and in a folder", () => {
    const settings = {
      timeout: 5,
      memorySize: 256,
      description: "Says hello",
      environment: { SHOP: "north" },
    };
    const folder = folderWith({
      "hello.cjs": "",
      "hello.function.json": JSON.stringify({
        handler: "hello.greet",
        ...settings,
      }),
      "stock/src/main.mjs": "",
      "stock/function.json": '{"handler":"src/main.run"}',
    });

    const found = findFunctions(folder);

    expect(found).toEqual([
      {
        functionName: "hello",
        code: {
          kind: "file",
          path: join(folder, "hello.cjs"),
          exportName: "greet",
          root: folder,
        },
        handler: "hello.greet",
        runtime,
        settings,
      },
      {
        functionName: "stock",
        code: {
          kind: "file",
          path: join(folder, "stock/src/main.mjs"),
          exportName: "run",
          root: folder,
        },
        handler: "src/main.run",
        runtime,
        settings: {},
      },
    ]);
  });

  const refusals: [string, Record<string, string>, string][] = [
    [
      "a folder without a handler",
      { "README.md": "" },
      'The functions folder FOLDER contains no handler. Add a hello.js, hello.mjs or hello/index.js that exports "handler".',
    ],
    [
      "two files of one name",
      { "hello.js": "", "hello.mjs": "" },
      'The function "hello" exists more than once: FOLDER/hello.js and FOLDER/hello.mjs. Remove all but one.',
    ],
    [
      "a file and a folder of one name",
      { "hello.js": "", "hello/index.js": "" },
      'The function "hello" exists more than once: FOLDER/hello/index.js and FOLDER/hello.js. Remove all but one.',
    ],
    [
      "two modules in one folder",
      { "hello/index.js": "", "hello/index.cjs": "" },
      'The function "hello" exists more than once: FOLDER/hello/index.js and FOLDER/hello/index.cjs. Remove all but one.',
    ],
    [
      "a name that breaks Lambda's rules",
      { "hello.world.js": "" },
      "FOLDER/hello.world is not a valid function name. Rename it to 1 to 64 letters, digits, hyphens and underscores.",
    ],
    [
      "an unknown key",
      { "hello.js": "", "hello.function.json": '{"timeOut":5}' },
      'FOLDER/hello.function.json has an unknown key "timeOut". Valid keys are handler, timeout, memorySize, description, environment.',
    ],
    [
      "a timeout that Lambda does not support",
      { "hello/index.js": "", "hello/function.json": '{"timeout":901}' },
      '"timeout" in FOLDER/hello/function.json must be an integer from 1 to 900, in seconds.',
    ],
    [
      "a memory size that Lambda does not support",
      { "hello.js": "", "hello.function.json": '{"memorySize":"128"}' },
      '"memorySize" in FOLDER/hello.function.json must be an integer from 128 to 10,240, in MB.',
    ],
    [
      "an environment that is not text",
      { "hello.js": "", "hello.function.json": '{"environment":{"SHOP":1}}' },
      '"environment" in FOLDER/hello.function.json must be an object of strings; each name must start with a letter and consist of at least 2 letters, digits and underscores.',
    ],
    [
      "a handler outside the folder",
      {
        "hello/index.js": "",
        "hello/function.json": '{"handler":"../a.handler"}',
      },
      '"handler" in FOLDER/hello/function.json must be a module and an export, such as "index.handler".',
    ],
    [
      "a handler of another file",
      { "hello.js": "", "hello.function.json": '{"handler":"other.handler"}' },
      '"handler" in FOLDER/hello.function.json must start with "hello.". Correct it, or move the function to its own folder.',
    ],
    [
      "a handler whose module is missing",
      { "hello/function.json": '{"handler":"main.run"}' },
      'The function "hello" has no module FOLDER/hello/main.js, .mjs or .cjs. Add it, or correct "handler" in its function.json.',
    ],
    [
      "settings without a function",
      { "hello.js": "", "price.function.json": "{}" },
      "FOLDER/price.function.json has no module. Add price.js next to it, or remove it.",
    ],
    [
      "settings that are no object",
      { "hello.js": "", "hello.function.json": "[]" },
      'FOLDER/hello.function.json must contain a JSON object, such as {"timeout": 5}. Correct it or remove it.',
    ],
  ];

  it.each(refusals)("rejects %s", (_what, files, message) => {
    const folder = folderWith(files);

    const find = () => findFunctions(folder);

    expect(find).toThrow(new Error(message.replaceAll("FOLDER", folder)));
  });

  it("rejects settings that are not JSON", () => {
    const folder = folderWith({ "hello.js": "", "hello.function.json": "{" });

    const find = () => findFunctions(folder);

    expect(find).toThrow(`${folder}/hello.function.json is not valid JSON (`);
  });

  it("rejects a folder that does not exist, and a file", () => {
    const folder = folderWith({ "hello.js": "" });

    expect(() => findFunctions(`${folder}/absent`)).toThrow(
      `The functions folder ${folder}/absent does not exist. Pass a folder that contains a handler, such as hello.js.`,
    );
    expect(() => findFunctions(`${folder}/hello.js`)).toThrow(
      `The functions folder ${folder}/hello.js is not a folder. Pass a folder that contains a handler, such as hello.js.`,
    );
  });
});

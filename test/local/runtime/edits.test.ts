import { utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { findFunctions } from "../../../dist/local/runtime";
import { folderWith } from "./folderWith";
import { run, runtimeOf } from "./run";

/** Longer than the interval at which the runtime checks for edits. */
const A_WHILE = 150;

const SAYS = (text: string) => `exports.text = "${text}"; let count = 0;
exports.handler = async () => exports.text + ++count;`;

describe("FileRuntime with an edited module", () => {
  it("loads an edited handler for the next invocation", async () => {
    const path = join(folderWith({ "hello.cjs": SAYS("old") }), "hello.cjs");
    const runtime = runtimeOf({ kind: "file", path, exportName: "handler" });

    const before = [(await run(runtime)).text, (await run(runtime)).text];
    edit(path, SAYS("new"));
    await pause(A_WHILE);
    const after = [(await run(runtime)).text, (await run(runtime)).text];

    expect(before).toEqual(['"old1"', '"old2"']);
    expect(after).toEqual(['"new1"', '"new2"']);
  });

  it("loads the handler again when only its helper was edited", async () => {
    const folder = folderWith({
      "hello/index.mjs":
        'import { text } from "../lib/text.mjs"; export const handler = () => Promise.resolve(text);',
      "lib/text.mjs": 'export const text = "old";',
    });
    const [found] = findFunctions(folder);
    if (!found) throw new Error("nothing found");
    const runtime = runtimeOf(found.code);

    const before = await run(runtime);
    edit(join(folder, "lib/text.mjs"), 'export const text = "new";');
    await pause(A_WHILE);
    const after = await run(runtime);

    expect([before.text, after.text]).toEqual(['"old"', '"new"']);
  });

  it("keeps an instance if no module was edited", async () => {
    const folder = folderWith({ "hello.cjs": SAYS("call "), "data.txt": "1" });
    const [found] = findFunctions(folder);
    if (!found) throw new Error("nothing found");
    const runtime = runtimeOf(found.code);

    await run(runtime);
    edit(join(folder, "data.txt"), "2");
    await pause(A_WHILE);
    const second = await run(runtime);

    expect(second.text).toBe('"call 2"');
  });
});

/** Writes a file with a later modification time, even if the clock of the disk is coarse. */
function edit(path: string, content: string): void {
  writeFileSync(path, content);
  const later = Date.now() / 1000 + 1;
  utimesSync(path, later, later);
}

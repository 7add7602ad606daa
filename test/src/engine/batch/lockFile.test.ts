import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lockFile, FileLockedError } from "../../../../src/engine/batch/lockFile";
import { temporaryFolder } from "../../../temporaryFolder";

describe("the lock of a file", () => {
  let file: string;
  beforeEach(() => {
    file = join(temporaryFolder("lock"), "run");
  });

  /** The lock of this process, changed in one respect and left behind. */
  function leave(change: object): void {
    const unlock = lockFile(file);
    const mark = JSON.parse(readFileSync(`${file}.lock`, "utf8")) as object;
    unlock();
    writeFileSync(`${file}.lock`, JSON.stringify({ ...mark, ...change }));
  }

  it("is had by one at a time", () => {
    const unlock = lockFile(file);

    expect(() => lockFile(file)).toThrow(FileLockedError);
    unlock();
    expect(existsSync(`${file}.lock`)).toBe(false);
    lockFile(file)();
  });

  it("is taken over from a process of this machine that has ended", () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    leave({ pid, id: "old" });

    const unlock = lockFile(file);

    expect(() => lockFile(file)).toThrow(FileLockedError);
    unlock();
  });

  it.each([
    ["from another machine", { pid: 1_999_999, realm: "another" }],
    ["that nobody can read", { id: "../../etc" }],
    ["from a process that lives", { id: "other" }],
  ])("is not taken over %s", (_, change) => {
    leave(change);

    expect(() => lockFile(file)).toThrow(/delete .*run\.lock and start again/);
    expect(existsSync(`${file}.lock`)).toBe(true);
  });
});

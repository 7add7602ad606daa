import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  lockFile,
  FileLockedError,
} from "../../../../src/engine/batch/lockFile";
import { temporaryFolder } from "../../../temporaryFolder";

describe("lockFile", () => {
  let file: string;
  beforeEach(() => {
    file = join(temporaryFolder("lock"), "run");
  });

  /** Leaves a lock of this process behind, with some fields changed. */
  function leaveLock(change: object): void {
    const unlock = lockFile(file);
    const owner = JSON.parse(readFileSync(`${file}.lock`, "utf8")) as object;
    unlock();
    writeFileSync(`${file}.lock`, JSON.stringify({ ...owner, ...change }));
  }

  it("rejects a file that is locked", () => {
    const unlock = lockFile(file);

    expect(() => lockFile(file)).toThrow(FileLockedError);
    unlock();
    expect(existsSync(`${file}.lock`)).toBe(false);
    lockFile(file)();
  });

  it.each<[string, (path: string) => void]>([
    [
      "a named pipe",
      (path) => {
        spawnSync("mkfifo", [path]);
      },
    ],
    [
      "a symbolic link",
      (path) => {
        symlinkSync("/dev/zero", path);
      },
    ],
    [
      "a long file",
      (path) => {
        writeFileSync(path, Buffer.alloc(10_000, "{"));
      },
    ],
  ])("does not read %s in place of a lock", (_, make) => {
    make(`${file}.lock`);

    expect(() => lockFile(file)).toThrow(/in use by another run/);
  });

  it("replaces the lock of a process on this machine that has ended", () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    leaveLock({ pid, id: "old" });

    const unlock = lockFile(file);

    expect(() => lockFile(file)).toThrow(FileLockedError);
    unlock();
  });

  it.each([
    ["of another machine", { pid: 1_999_999, realm: "another" }],
    ["that is unreadable", { id: "../../etc" }],
    ["of a running process", { id: "other" }],
  ])("does not replace a lock %s", (_, change) => {
    leaveLock(change);

    expect(() => lockFile(file)).toThrow(/delete .*run\.lock and try again/);
    expect(existsSync(`${file}.lock`)).toBe(true);
  });
});

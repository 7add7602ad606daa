import { randomUUID } from "node:crypto";
import { readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";

/** Who works on a file, as the lock beside it says. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Within which a process id means one process. Absent: that cannot be told here. */
  readonly realm?: string | undefined;
  /** When the process began, as the system counts: process ids come back. Absent: that cannot be told here. */
  readonly startedAt?: string | undefined;
  readonly id: string;
}

/** Why a file is not to be had, in words. */
export class FileLockedError extends Error {}

/**
 * Takes a file for oneself, by a file beside it that only one can create. A lock whose process has certainly ended is taken
 * over: after a crash, or a kill, nobody has to clean up. Where there is a doubt, a person decides.
 *
 * @returns what gives it back.
 * @throws `LockedError`, or what the file system throws.
 */
export function lockFile(file: string): () => void {
  const path = `${file}.lock`;
  const own = ownMark();
  if (!create(path, own)) takeOver(path, own);
  return () => {
    if (holderOf(path)?.id === own.id) rmSync(path, { force: true });
  };
}

function create(path: string, mark: Holder): boolean {
  try {
    writeFileSync(path, JSON.stringify(mark), { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Two may find the same stale lock: only one of them gets the right to replace it, and looks again when he has it. */
function takeOver(path: string, own: Holder): void {
  const found = holderOf(path);
  const right = `${path}.${found?.id ?? "unknown"}`;
  if (!found || !hasEnded(found) || !create(right, own))
    throw new FileLockedError(told(path, found));
  try {
    if (holderOf(path)?.id !== found.id)
      throw new FileLockedError(told(path, undefined));
    rmSync(path);
    if (!create(path, own)) throw new FileLockedError(told(path, undefined));
  } finally {
    rmSync(right, { force: true });
  }
}

function told(path: string, holder: Holder | undefined): string {
  const who = holder
    ? `process ${holder.pid} on ${holder.host}`
    : "another run";
  return `resumeFile is in use by ${who}; wait for it, or, where it has ended, delete ${path} and start again`;
}

function holderOf(path: string): Holder | undefined {
  try {
    const holder = JSON.parse(readFileSync(path, "utf8")) as Holder;
    return typeof holder.id === "string" && /^[\w-]+$/.test(holder.id)
      ? holder
      : undefined;
  } catch {
    return undefined;
  }
}

function ownMark(): Holder {
  return {
    pid: process.pid,
    host: hostname(),
    realm: realm(),
    startedAt: startOf(process.pid),
    id: randomUUID(),
  };
}

/**
 * The name of a machine is not enough: a container may have a host's name and process ids of its own. On Linux it is this
 * boot of this kernel, and the namespace of the process ids; elsewhere the machine.
 */
function realm(): string | undefined {
  if (process.platform !== "linux") return hostname();
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return undefined;
  }
}

/** The 22nd field of the process's line; its name, the second, may hold blanks and brackets. */
function startOf(pid: number): string | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, "utf8");
    return line.slice(line.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}

function hasEnded({ pid, realm: where, startedAt }: Holder): boolean {
  if (where === undefined || where !== realm()) return false;
  const now = startOf(pid);
  if (startedAt !== undefined && now !== undefined) return now !== startedAt;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

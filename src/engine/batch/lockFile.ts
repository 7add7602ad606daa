import { randomUUID } from "node:crypto";
import {
  closeSync,
  fstatSync,
  openSync,
  readFileSync,
  readlinkSync,
  readSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { WITHOUT_LINKS_OR_WAITING } from "./openResumeFile";
import { toOneLine } from "../text/toOneLine";

/** The process that holds a lock, as written to the lock file. */
interface LockOwner {
  readonly pid: number;
  readonly host: string;
  /** Identifies the namespace of the process ID. `undefined`: unknown on this system. */
  readonly realm?: string | undefined;
  /** When the process started, as the system counts time; process IDs are reused. `undefined`: unknown on this system. */
  readonly startedAt?: string | undefined;
  /** Identifies this lock. */
  readonly id: string;
}

/** Another process uses the file; the message says which. */
export class FileLockedError extends Error {}

/**
 * Locks a file by creating a lock file next to it. The lock of a process that has certainly ended is replaced, so no cleanup
 * is needed after a crash. If that is uncertain, the user must delete the lock file.
 *
 * @returns A function that releases the lock.
 * @throws {@link FileLockedError}, or an error of the file system.
 */
export function lockFile(file: string): () => void {
  const path = `${file}.lock`;
  const own = describeOwnProcess();
  if (!create(path, own)) replaceStaleLock(path, own);
  return () => {
    if (readOwner(path)?.id === own.id) rmSync(path, { force: true });
  };
}

function create(path: string, owner: LockOwner): boolean {
  try {
    writeFileSync(path, JSON.stringify(owner), { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/**
 * Replaces a stale lock. Several processes may find it: only the one that creates a second lock file may replace it, after
 * it has read the lock again.
 */
function replaceStaleLock(path: string, own: LockOwner): void {
  const found = readOwner(path);
  const replacementPath = `${path}.${found?.id ?? "unknown"}`;
  if (!found || !hasEnded(found) || !create(replacementPath, own))
    throw new FileLockedError(describeLock(path, found));
  try {
    if (readOwner(path)?.id !== found.id)
      throw new FileLockedError(describeLock(path, undefined));
    rmSync(path);
    if (!create(path, own))
      throw new FileLockedError(describeLock(path, undefined));
  } finally {
    rmSync(replacementPath, { force: true });
  }
}

function describeLock(path: string, owner: LockOwner | undefined): string {
  const user = owner
    ? toOneLine(`process ${owner.pid} on ${owner.host}`)
    : "another run";
  return `resumeFile is in use by ${user}; wait until that run has ended, or, if it is no longer running, delete ${path} and try again`;
}

function readOwner(path: string): LockOwner | undefined {
  try {
    const owner = JSON.parse(readLock(path)) as LockOwner;
    return typeof owner.id === "string" && /^[\w-]{1,100}$/.test(owner.id)
      ? owner
      : undefined;
  } catch {
    return undefined;
  }
}

/** Maximum size of a lock file. Ours are much shorter. */
const MAX_LOCK_BYTES = 4_096;

/** Reads a lock file. Other users may have put anything in its place: a link, or a named pipe, which would never end. */
function readLock(path: string): string {
  const file = openSync(path, WITHOUT_LINKS_OR_WAITING);
  try {
    if (!fstatSync(file).isFile()) return "";
    const bytes = Buffer.alloc(MAX_LOCK_BYTES);
    return bytes.toString("utf8", 0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}

function describeOwnProcess(): LockOwner {
  return {
    pid: process.pid,
    host: hostname(),
    realm: readRealm(),
    startedAt: readStartTime(process.pid),
    id: randomUUID(),
  };
}

/**
 * The namespace of process IDs: on Linux, the boot ID of the kernel and the PID namespace; elsewhere, the host name. The host
 * name alone is not enough on Linux, since a container may share it and have its own process IDs.
 */
function readRealm(): string | undefined {
  if (process.platform !== "linux") return hostname();
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return undefined;
  }
}

/** The 22nd field of the process's `stat` line. The second, its name, may contain spaces and parentheses. */
function readStartTime(pid: number): string | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, "utf8");
    return line.slice(line.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}

function hasEnded({ pid, realm, startedAt }: LockOwner): boolean {
  if (realm === undefined || realm !== readRealm()) return false;
  const now = readStartTime(pid);
  if (startedAt !== undefined && now !== undefined) return now !== startedAt;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

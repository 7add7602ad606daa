import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  type Stats,
} from "node:fs";
import { CHECKSUM_BYTES, FORMAT } from "./resumeRecord";

/** The file cannot be used; the message says why. */
export class ResumeFileError extends Error {}

/** Windows has neither flag. */
const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants as Partial<
  typeof constants
>;

/** Follows no symbolic link, and does not wait for the other end of a named pipe. */
export const WITHOUT_LINKS_OR_WAITING = O_NOFOLLOW | O_NONBLOCK;

/**
 * Opens a resume file for appending, or creates it. Every check is made on the open file, so that nothing can take its place
 * afterwards.
 *
 * @throws {@link ResumeFileError} if another user can read, write or replace the contents; or an error of the file system.
 */
export function openResumeFile(path: string): number {
  const file = openWithoutLinks(path);
  try {
    const stats = fstatSync(file);
    if (!stats.isFile())
      throw new ResumeFileError("resumeFile must be the path of a file");
    // First: advice about the permissions of some other file would be wrong.
    if (!startsLikeResumeFile(file)) throw createForeignFileError();
    checkAccess(stats);
    return file;
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

function openWithoutLinks(path: string): number {
  const { O_RDWR, O_APPEND, O_CREAT } = constants;
  const flags = O_RDWR | O_APPEND | O_CREAT | WITHOUT_LINKS_OR_WAITING;
  try {
    return openSync(path, flags, 0o600);
  } catch (error) {
    // Systems have different codes for it.
    if (isSymbolicLink(path))
      throw new ResumeFileError(
        "resumeFile must not be a symbolic link; pass the path of the file itself",
      );
    throw error;
  }
}

function isSymbolicLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}

/** Whether a file is empty, or its first line is that of a resume file of any version, or was cut off in the middle. */
function startsLikeResumeFile(file: number): boolean {
  const bytes = Buffer.alloc(CHECKSUM_BYTES + FORMAT.length);
  const length = readSync(file, bytes, 0, bytes.length, 0);
  const text = bytes.toString("latin1", 0, length);
  const checksum = text.slice(0, CHECKSUM_BYTES);
  return (
    /^[\da-f]{0,8} ?$/.test(checksum) &&
    FORMAT.startsWith(text.slice(CHECKSUM_BYTES))
  );
}

/** The error for a file that no run has written. */
export function createForeignFileError(): ResumeFileError {
  return new ResumeFileError(
    "resumeFile was not written by InvokeMany and was left unchanged; pass the path of a resume file, or of a file that does not exist",
  );
}

/** Permission bits of the group and of all others. */
const OTHERS = 0o077;

function checkAccess(stats: Stats): void {
  const user = process.geteuid?.();
  // Windows has access control lists instead, which are not checked.
  if (user === undefined) return;
  if (stats.uid !== user)
    throw new ResumeFileError(
      `resumeFile must belong to the user of this process (${user}), but belongs to ${stats.uid}; pass the path of a file that does not exist`,
    );
  if ((stats.mode & OTHERS) !== 0)
    throw new ResumeFileError(
      `resumeFile must not be accessible to other users, but its mode is ${(stats.mode & 0o777).toString(8)}; if you trust its contents, run chmod 600 on it, or else pass the path of a file that does not exist`,
    );
  if (stats.nlink > 1)
    throw new ResumeFileError(
      "resumeFile must not have other hard links; pass the path of a file that does not exist",
    );
}

import { readdirSync, statSync, type Dirent } from "node:fs";
import { join } from "node:path";
import type { FileCode } from "../function/FunctionCode";

/** Minimum interval between two checks of the disk, so that a busy function is not slowed down. */
const CHECK_INTERVAL_MS = 100;

/** Maximum number of modules that are checked in a functions folder. */
const MAX_MODULES = 1000;

const MODULE = /\.[cm]?[jt]s$/;

/** Detects when a function's code was last edited. */
export class EditDetector {
  private checkedAt = -Infinity;
  private editedMs = 0;

  constructor(private readonly code: FileCode) {}

  /**
   * Epoch milliseconds of the last edit of the module, or of any module in its functions folder.
   */
  get lastEditedMs(): number {
    const now = performance.now();
    if (now - this.checkedAt >= CHECK_INTERVAL_MS) {
      this.checkedAt = now;
      const { path, root } = this.code;
      const modules = root === undefined ? [] : listModules(root);
      this.editedMs = Math.max(...[path, ...modules].map(getEditTime));
    }
    return this.editedMs;
  }
}

function listModules(root: string): string[] {
  const modules: string[] = [];
  const folders = [root];
  for (const folder of folders) {
    for (const entry of readEntries(folder)) {
      if (modules.length >= MAX_MODULES) return modules;
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else if (MODULE.test(entry.name)) modules.push(path);
    }
  }
  return modules;
}

// A folder that no longer exists has no entries.
function readEntries(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function getEditTime(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

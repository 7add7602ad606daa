import { readdirSync, statSync, type Dirent } from "node:fs";
import { join } from "node:path";
import type { FileCode } from "../function/FunctionRuntime";

/** How often the disk is asked at most; nobody edits faster, and a busy function must not pay for it. */
const CHECK_INTERVAL_MS = 100;

/** Modules of a functions folder that are looked at; one with more holds something else than functions. */
const MAX_MODULES = 1000;

const MODULE = /\.(?:js|mjs|cjs)$/;

/** Knows when a function's code was edited last. */
export class EditDetector {
  private lookedAt = -Infinity;
  private edited = 0;

  constructor(private readonly code: FileCode) {}

  /** Epoch milliseconds of the last edit; of code from a functions folder, of any module in it. */
  get lastEditedMs(): number {
    const now = performance.now();
    if (now - this.lookedAt >= CHECK_INTERVAL_MS) {
      this.lookedAt = now;
      const { path, root } = this.code;
      const modules = root === undefined ? [] : modulesBelow(root);
      this.edited = Math.max(...[path, ...modules].map(editedAt));
    }
    return this.edited;
  }
}

function modulesBelow(root: string): string[] {
  const modules: string[] = [];
  const folders = [root];
  for (const folder of folders) {
    for (const entry of entriesOf(folder)) {
      if (modules.length >= MAX_MODULES) return modules;
      if (entry.name.startsWith("..") || entry.name === "node_modules")
        continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else if (MODULE.test(entry.name)) modules.push(path);
    }
  }
  return modules;
}

// What disappears meanwhile was edited at no time.
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function editedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

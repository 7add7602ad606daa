import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import * as ts from "typescript";

/** An import of a source file: another file of the repository, or a package. */
export interface Import {
  readonly from: string;
  readonly to: string;
  /** Whether `to` is a package or a Node module. */
  readonly isPackage: boolean;
}

/** The TypeScript files of some folders, as paths from the root. */
export function sourceFiles(
  root: string,
  folders: readonly string[],
): string[] {
  return folders.flatMap((folder) => {
    try {
      return readdirSync(join(root, folder), { recursive: true })
        .map((file) => `${folder}/${String(file).split(sep).join("/")}`)
        .filter((file) => file.endsWith(".ts"));
    } catch {
      return [];
    }
  });
}

/** Every import of the files, type-only imports and typed `require` calls included, as TypeScript's own scanner finds them. */
export function importsOf(root: string, files: readonly string[]): Import[] {
  return files.flatMap((from) => {
    const text = readFileSync(join(root, from), "utf8");
    const { importedFiles } = ts.preProcessFile(text, true, true);
    return importedFiles.map(({ fileName }) => {
      const isPackage = !fileName.startsWith(".");
      const to = isPackage ? fileName : resolveFile(root, from, fileName);
      return { from, to, isPackage };
    });
  });
}

function resolveFile(root: string, from: string, to: string): string {
  const base = relative(root, resolve(root, dirname(from), to))
    .split(sep)
    .join("/");
  const candidates = [`${base}.ts`, `${base}/index.ts`, base];
  return candidates.find((file) => ts.sys.fileExists(join(root, file))) ?? base;
}

/** The circles of a graph, each as `a → b → a`, shortest path first in it. */
export function circlesOf(
  edges: readonly (readonly [string, string])[],
): string[] {
  const next = new Map<string, Set<string>>();
  for (const [from, to] of edges) {
    if (from === to) continue;
    next.set(from, (next.get(from) ?? new Set()).add(to));
  }
  const found = new Set<string>();
  const finished = new Set<string>();
  const visit = (node: string, trail: readonly string[]): void => {
    const start = trail.indexOf(node);
    if (start >= 0) {
      found.add([...trail.slice(start), node].join(" → "));
      return;
    }
    if (finished.has(node)) return;
    for (const to of next.get(node) ?? []) visit(to, [...trail, node]);
    finished.add(node);
  };
  for (const node of next.keys()) visit(node, []);
  return [...found];
}

/** Circles between files. */
export function fileCircles(imports: readonly Import[]): string[] {
  return circlesOf(
    imports
      .filter(({ isPackage }) => !isPackage)
      .map(({ from, to }) => [from, to]),
  );
}

/** Circles between folders: a folder is the files directly in it. */
export function folderCircles(imports: readonly Import[]): string[] {
  return circlesOf(
    imports
      .filter(({ isPackage }) => !isPackage)
      .map(({ from, to }) => [dirname(from), dirname(to)]),
  );
}

/** Folders with more than `most` files directly in them. */
export function crowdedFolders(
  files: readonly string[],
  most: number,
): string[] {
  const counts = new Map<string, number>();
  for (const file of files)
    counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count > most)
    .map(([folder, count]) => `${folder}: ${count} files`);
}

import { readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join, sep } from "node:path";
import { environmentVariable } from "../text/environmentVariable";

/** The keys and values of one section of a shared configuration file. */
export type Section = ReadonlyMap<string, string>;

/** One of AWS's shared configuration files. */
export interface SharedFile {
  readonly path: string;
  /** The variable that names the file. Missing for the default path. */
  readonly variable?: string;
  /** By name: the profiles, and in the configuration file also `services.<name>` and `sso-session.<name>`. */
  readonly sections: ReadonlyMap<string, Section>;
  /** Why the file could not be read. Missing if it was read, or does not exist. */
  readonly problem?: string;
}

/** AWS's shared configuration files. */
export interface SharedFiles {
  readonly config: SharedFile;
  readonly credentials: SharedFile;
}

/** Larger files are not read. Files with hundreds of profiles have some 100 KB. */
const MAX_BYTES = 1_048_576;

/** What the name of a section can begin with. Sections with other first words are skipped. */
const PREFIXES = ["profile", "services", "sso-session"];

/** Reads the shared configuration files, as the AWS SDK does but synchronously. A file that does not exist is empty. */
export function readSharedFiles(): SharedFiles {
  const config = readFile("AWS_CONFIG_FILE", "config");
  return {
    config: { ...config, sections: selectConfigSections(config.sections) },
    credentials: readFile("AWS_SHARED_CREDENTIALS_FILE", "credentials"),
  };
}

/** Replaces `~/` at the beginning of a path with the user's folder. */
export function expandHome(path: string): string {
  return path.startsWith("~/") ? join(homeFolder(), path.slice(2)) : path;
}

/** Returns the user's folder, by the AWS SDK's rules. */
function homeFolder(): string {
  const path = environmentVariable("HOMEPATH");
  return (
    environmentVariable("HOME") ??
    environmentVariable("USERPROFILE") ??
    (path === undefined
      ? homedir()
      : `${environmentVariable("HOMEDRIVE") ?? `C:${sep}`}${path}`)
  );
}

function readFile(variable: string, name: string): SharedFile {
  const named = environmentVariable(variable);
  const path = expandHome(named ?? join(homeFolder(), ".aws", name));
  const file = { path, ...(named !== undefined && { variable }) };
  try {
    const sections = parseSections(readText(path));
    return { ...file, sections };
  } catch (error) {
    const problem = describeProblem(error as NodeJS.ErrnoException);
    return { ...file, sections: new Map(), problem };
  }
}

function readText(path: string): string {
  // Checked first, because an exception for a missing file costs ten times as much.
  const stats = statSync(path, { throwIfNoEntry: false });
  // A device such as /dev/null has no content.
  if (!stats || stats.isCharacterDevice()) return "";
  if (!stats.isFile()) throw new Error("it is not a file");
  if (stats.size > MAX_BYTES) throw new Error("it is larger than 1 MB");
  const text = readFileSync(path, "utf8");
  if (text.includes("\0")) throw new Error("it is not text in UTF-8");
  return text;
}

function describeProblem({ code, message }: NodeJS.ErrnoException): string {
  return code ?? message;
}

/** Reads sections by the rules of the AWS SDK: comments, quoted names, and settings nested by indentation (`lambda.endpoint_url`). */
export function parseSections(text: string): Map<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  let parent: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    const content = (line.split(/(?:^|\s)[;#]/, 1)[0] ?? "").trim();
    if (content.startsWith("[") && content.endsWith("]")) {
      const name = toSectionName(content.slice(1, -1));
      section = name === "" ? undefined : (sections.get(name) ?? new Map());
      if (section) sections.set(name, section);
      parent = undefined;
      continue;
    }
    const equals = content.indexOf("=");
    if (!section || equals < 1) continue;
    const key = content.slice(0, equals).trim();
    const value = content.slice(equals + 1).trim();
    if (value === "") {
      parent = key;
      continue;
    }
    if (line.trimStart() === line) parent = undefined;
    section.set(parent === undefined ? key : `${parent}.${key}`, value);
  }
  return sections;
}

/** Returns `<prefix>.<name>` for a name of two words, as the AWS SDK does. Empty: the section is skipped. */
function toSectionName(heading: string): string {
  const words = /^([\w-]+)\s(["'])?([\w\-@+.%:/]+)\2$/.exec(heading);
  if (!words) return heading;
  const [, prefix = "", , name = ""] = words;
  return PREFIXES.includes(prefix) ? `${prefix}.${name}` : "";
}

/** Keeps the sections that a configuration file can have: `[default]`, and those with a prefix. */
function selectConfigSections(
  all: ReadonlyMap<string, Section>,
): Map<string, Section> {
  const sections = new Map<string, Section>();
  const fallback = all.get("default");
  if (fallback) sections.set("default", fallback);
  for (const [name, section] of all) {
    const dot = name.indexOf(".");
    const prefix = name.slice(0, Math.max(dot, 0));
    if (!PREFIXES.includes(prefix)) continue;
    sections.set(prefix === "profile" ? name.slice(dot + 1) : name, section);
  }
  return sections;
}

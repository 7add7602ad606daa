import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { ALLOWED_WORDS } from "./allowedWords";

const ROOT = resolve(__dirname, "..");

/**
 * Words and phrases that have confused readers, and what to write instead. `*` stands for any ending. Upper case must match
 * exactly, lower case matches both.
 */
const WORDS: Readonly<Record<string, string>> = {
  whoever: "the caller, another process, or the passive voice",
  nobody: "no one, or the passive voice",
  somebody: "another account, another process",
  anybody: "anyone",
  he: "they, it",
  him: "them, it",
  his: "their, its",
  "is told": "is reported, receives",
  "are told": "are reported, receive",
  "borrow*": "assume a role, assumed-role credentials",
  "errand*": "background refresh, shared request",
  "by hand": "manually; a direct codec",
  anew: "again",
  "let go": "release",
  "lets go": "releases",
  "Absent:": "Optional; defaults to",
  paintbox: "decorators",
  mend: "fix",
  mends: "fixes",
  mended: "fixed",
  mending: "fixing",
  dear: "expensive",
  "is none": "is missing, is not a valid",
  "belongs into": "belongs in",
  "time-out": "timeout",
  "at hand": "cached, available",
  "of one's own": "custom",
  "its own hand": "a direct codec",
  "goes on": "continues",
  "the vendor": "Boomi, Gravitee or AWS",
  "stands in": "is in",
  "takes a text": "must be a string",
};

/** Ordinary English that contains a phrase of the list. */
const ALLOWED_PHRASES = ["there is none"];

const SCANNED_FILES = /\.([cm]?[jt]s|md|json|css|svg|sh|ya?ml)$|^\.ci\/run$/;

/** Dependencies, generated files, and hidden folders, in which other tests write temporary files. */
const IGNORED_FILES =
  /(^|\/)(node_modules|dist|coverage|package-lock\.json|\.(?!ci|github)[^/]*)(\/|$)|^docs\/reference\//;

interface Token {
  readonly text: string;
  readonly line: number;
}

/** Splits a file into words and punctuation. Words are the words of identifiers as well: `readRoleArn` is three. */
function tokenize(content: string): Token[] {
  return content.split("\n").flatMap((line, index) => {
    const words = line
      // A phrase can continue on the next line of a comment.
      .replace(/^\s*(\/\/|\/?\*+|#+|>)/, "")
      // Base64 and hexadecimal data contain no words.
      .replace(/[\w+/=-]{40,}/g, (run) => (/\d/.test(run) ? "." : run))
      .replace(/([a-z\d])([A-Z])/g, "$1 $2")
      .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
      .match(/[A-Za-z]+|\d+|[^\s\w]/g);
    return (words ?? []).map((text) => ({ text, line: index + 1 }));
  });
}

type Matcher = (token: Token | undefined) => boolean;

function toMatchers(phrase: string): Matcher[] {
  return (phrase.match(/[A-Za-z]+\*?|[^\s\w]/g) ?? []).map((part) => {
    const flags = part === part.toLowerCase() ? "i" : "";
    const escaped = part.replace(/[^A-Za-z*]/g, "\\$&").replace("*", "[a-z]*");
    const pattern = new RegExp(`^${escaped}$`, flags);
    return (token) => token !== undefined && pattern.test(token.text);
  });
}

const PHRASES = Object.keys(WORDS).map((phrase) => ({
  phrase,
  matchers: toMatchers(phrase),
  allowed: ALLOWED_PHRASES.filter((allowed) => allowed.endsWith(phrase)).map(
    toMatchers,
  ),
}));

const matchAt = (
  tokens: readonly Token[],
  start: number,
  matchers: readonly Matcher[],
): boolean =>
  matchers.every((matches, offset) => matches(tokens[start + offset]));

/** Finds every occurrence of the words in a file, as `line: phrase`. */
function findWords(content: string): { line: number; phrase: string }[] {
  const tokens = tokenize(content);
  return tokens.flatMap(({ line }, start) =>
    PHRASES.filter(
      ({ matchers, allowed }) =>
        matchAt(tokens, start, matchers) &&
        !allowed.some((longer) =>
          matchAt(tokens, start + matchers.length - longer.length, longer),
        ),
    ).map(({ phrase }) => ({ line, phrase })),
  );
}

function listFiles(): string[] {
  return readFolder(ROOT)
    .map((path) => relative(ROOT, path).split(sep).join("/"))
    .filter((file) => SCANNED_FILES.test(file));
}

function readFolder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (IGNORED_FILES.test(relative(ROOT, path).split(sep).join("/")))
      return [];
    return entry.isDirectory() ? readFolder(path) : [path];
  });
}

const isAllowed = (file: string, phrase: string): boolean =>
  ALLOWED_WORDS.some(
    (allowed) =>
      allowed.file === file &&
      (allowed.phrases === "all" || allowed.phrases.includes(phrase)),
  );

describe("the word list", () => {
  it("matches nothing in the repository", () => {
    const found = listFiles().flatMap((file) =>
      findWords(readFileSync(join(ROOT, file), "utf8"))
        .filter(({ phrase }) => !isAllowed(file, phrase))
        .map(
          ({ line, phrase }) =>
            `${file}:${line}: "${phrase}": write ${WORDS[phrase] ?? ""}`,
        ),
    );

    expect(found).toEqual([]);
  });

  it("has a reason for every exception, and needs every exception", () => {
    const unused = ALLOWED_WORDS.filter(({ file, phrases }) => {
      const found = findWords(readFileSync(join(ROOT, file), "utf8"));
      return phrases === "all"
        ? found.length === 0
        : phrases.some((allowed) =>
            found.every(({ phrase }) => phrase !== allowed),
          );
    });

    expect(unused).toEqual([]);
    expect(ALLOWED_WORDS.filter(({ reason }) => reason === "")).toEqual([]);
  });

  it.each([
    ["a sentence", "the caller passes his key", "his"],
    ["an identifier", "const borrowedKeys = 1;", "borrow*"],
    ["a constant", "const ERRAND_COUNT = 1;", "errand*"],
    ["a phrase over two lines of a comment", " * what is\n * told", "is told"],
    ["a phrase with punctuation", "a time-out", "time-out"],
    ["a phrase in upper case", "/** Absent: none. */", "Absent:"],
  ])("finds %s", (_, content, phrase) => {
    expect(findWords(content).map((found) => found.phrase)).toEqual([phrase]);
  });

  it.each([
    ["a part of a word", "this, the, history, amend, recommend, Mendix"],
    ["an allowed phrase", "Missing if there is none."],
    ["a property that is written like a phrase", "{ absent: true }"],
    ["Base64 data", `"${"QUJD".repeat(9)}1heHis+he/his"`],
  ])("does not find %s", (_, content) => {
    expect(findWords(content)).toEqual([]);
  });
});

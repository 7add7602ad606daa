// Strings of the largest size that expressions read by default, each expensive for some operation.

/** The default of `bodyLimit`, in bytes. */
export const LARGEST = 6_291_456;

const filled = (part) => part.repeat(LARGEST / Buffer.byteLength(part));

export const TEXTS = {
  spaces: `a${" ".repeat(LARGEST - 2)}b`,
  letters: filled("a"),
  sigmas: filled("Σ"),
  ideographs: filled("語"),
  lines: filled("\n"),
  markup: filled("&"),
  control: filled("\x01"),
  percent: filled("%41"),
};

/** A list of the given number of parts between two strings. */
const list = (open, part, close) =>
  open +
  part.repeat((LARGEST - open.length - close.length) / part.length) +
  close;

export const JSONS = {
  nested: "[".repeat(LARGEST / 2) + "]".repeat(LARGEST / 2),
  "empty lists": list("[", "[],", "1]"),
  integers: list("[", "1,", "1]"),
  decimals: list("[", "1.5,", "1]"),
  "long integer": list("[", "9", "]"),
  escapes: list('["', "\\u0041", '"]'),
  "many keys": `{${Array.from({ length: 200_000 }, (_, n) => `"k${n}":${n}`)}}`,
  "60,000 keys": `{${Array.from({ length: 60_000 }, (_, n) => `"k${n}":${n}`)}}`,
};

export const XMLS = {
  elements: list("<r>", "<a/>", "</r>"),
  "15,000 elements": `<r>${"<a b='1'>2</a>".repeat(15_000)}</r>`,
  comments: list("<r>", "<!---->", "</r>"),
  "long comment": list("<r><!--", "- ", "--></r>"),
  "CDATA sections": list("<r>", "<![CDATA[x]]>", "</r>"),
  references: list("<r>", "&amp;", "</r>"),
  attributes: `<r ${Array.from({ length: 300_000 }, (_, n) => `a${n}=""`).join(" ")}/>`,
  nested: list("", "<a>", ""),
  "long name": list("<", "a", "/>"),
  text: list("<r>", "a", "</r>"),
};

export const PATTERNS = [
  "(((a{10}){10}){10}){10}",
  "((a?){50}){50}",
  "(a{0,50}){0,50}b",
  "(x+x+)+y",
  "(.*)(.*)(.*)(.*)(.*)z",
  `(?i)${"\\p{L}".repeat(150)}`,
  "(a|b|c|d|e|f){1,400}",
];

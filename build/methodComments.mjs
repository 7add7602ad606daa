// Composes the comment of a connector's method from the comments of its operation.
import ts from "typescript";

/** Sentences that are in the comment of every `execute`. A method's parameters say the same. */
const GENERAL =
  /(Executes the operation once\.|The request is a plain object or an instance of its class, and is not modified\.|The options apply to this call only\.)\s*/g;

/** Errors that a comment refers to without adding anything. */
const REFERENCE =
  /the errors documented for the operation|^The errors of \{@link \w+\}\.$/;

/** Reads the comment of a symbol: its description, and its tags. */
export function readComment(symbol) {
  for (const declaration of symbol.declarations ?? []) {
    const comment = ts.getJSDocCommentsAndTags(declaration).find(ts.isJSDoc);
    if (comment) return parseComment(comment.getText());
  }
  return { description: "", tags: [] };
}

function parseComment(text) {
  const [description, ...tags] = text
    .replace(/^\/\*\*|\*\/$/g, "")
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, "").trimEnd())
    .join("\n")
    .split(/^\s*(?=@[a-z])/im)
    .map((part) => part.trim());
  return {
    description,
    tags: tags.map((tag) => {
      const [, name, content] = /^@(\w+)\s*([^]*)$/.exec(tag);
      return { name, content };
    }),
  };
}

/**
 * Returns the comments of a method, or of one of its members: that of its signature, and that of the property, which editors
 * show in completions and which leaves out the details.
 */
export function composeComments(parts) {
  const { member, operationComment, ownComment, parameters } = parts;
  const own = inOneLine(ownComment.description).replace(GENERAL, "").trim();
  const description = [
    member === "execute"
      ? operationComment.description
      : firstSentence(operationComment.description),
    own,
  ];
  const details = [
    [
      ...tagsOf(ownComment, "typeParam"),
      ...parameters.filter(({ comment }) => comment).map(describeParameter),
    ]
      .map(({ name, content }) => `@${name} ${content}`)
      .join("\n"),
    ...errorsOf(parts),
    ...tagsOf(operationComment, "see").map(({ content }) => `@see ${content}`),
  ];
  const examples = examplesOf(parts);
  return {
    signature: printComment([...description, ...details, ...examples], parts),
    property: printComment([...description, ...examples.slice(0, 1)], parts),
  };
}

function printComment(blocks, parts) {
  const text = replaceLinks(blocks.filter(Boolean).join("\n\n"), parts);
  const lines = text.split("\n").map((line) => ` * ${line}`.trimEnd());
  return ["/**", ...lines, " */"].join("\n");
}

function tagsOf({ tags }, wanted) {
  return tags.filter(({ name }) => name === wanted);
}

function describeParameter({ name, comment }) {
  const [paragraph] = comment.description.split("\n\n");
  return {
    name: "param",
    content: `${name} - ${inOneLine(paragraph)}`,
  };
}

/** The operation's errors, after what the method itself says about them. */
function errorsOf({ operationComment, ownComment }) {
  const [errors] = tagsOf(operationComment, "throws");
  const [own] = tagsOf(ownComment, "throws");
  if (!errors) return own ? [`@throws ${own.content}`] : [];
  return own && !REFERENCE.test(own.content)
    ? [`@throws ${own.content}\n\n${errors.content}`]
    : [`@throws\n${errors.content}`];
}

/** All examples of the operation for the method; those that use it for a member. */
function examplesOf({ member, operationComment, ownComment }) {
  const calls = new RegExp(`\\.${member}\\b`);
  const examples = tagsOf(operationComment, "example").filter(
    ({ content }) => member === "execute" || calls.test(content),
  );
  return [...tagsOf(ownComment, "example"), ...examples].map(
    ({ content }) => `@example\n${content}`,
  );
}

function firstSentence(description) {
  return inOneLine(description).split(/(?<=\.)\s/)[0];
}

/** Joins the lines of each paragraph. */
function inOneLine(description) {
  return description.replaceAll(/(?<!\n)\n(?!\n)/g, " ");
}

/** Writes links and names of the operation's methods as those of the connector. */
function replaceLinks(text, { method, members, resolveLink }) {
  return text
    .replace(/`(execute|stream|page|provider)`/g, (name, word) => {
      if (word === "execute") return `\`${method}\``;
      return members.includes(word) ? `\`${method}.${word}\`` : name;
    })
    .replace(/\{@link\s+([^\s|}]+)(?:\s*\|[^}]*)?\}/g, (link, target) =>
      target.startsWith("https:") ? link : resolveLink(target),
    );
}

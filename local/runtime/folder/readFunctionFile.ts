import { readFileSync } from "node:fs";

/** Settings of a function that stand in its `function.json`. */
export interface FunctionFileSettings {
  /** Seconds one invocation may writeChunk; 1 to 900. */
  readonly timeout?: number;

  /** Memory in MB; 128 to 10240. */
  readonly memorySize?: number;

  /** What the function is for; at most 256 characters. */
  readonly description?: string;

  /** Environment variables. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** What a `function.json` says. */
export interface FunctionFile extends FunctionFileSettings {
  /** Handler as Lambda writes it: module and export, such as `index.handler`. */
  readonly handler?: string;
}

type Check = (value: unknown) => boolean;

interface Rule {
  readonly holds: Check;
  readonly text: string;
}

const MAX_DESCRIPTION = 256;

const RULES: Readonly<Record<keyof FunctionFile, Rule>> = {
  handler: {
    holds: (value) =>
      typeof value === "string" && /^[\w$-]+(\/[\w$-]+)*\.[\w$]+$/.test(value),
    text: 'a module and an export, such as "index.handler"',
  },
  timeout: {
    holds: isIntegerWithin([1, 900]),
    text: "a whole number of seconds from 1 to 900",
  },
  memorySize: {
    holds: isIntegerWithin([128, 10_240]),
    text: "a whole number of MB from 128 to 10240",
  },
  description: {
    holds: (value) =>
      typeof value === "string" && value.length <= MAX_DESCRIPTION,
    text: `text of at most ${MAX_DESCRIPTION} characters`,
  },
  environment: {
    holds: isEnvironment,
    text: "an object of texts whose names begin with a letter and go on with letters, digits and _, two characters or more",
  },
};

/**
 * Reads a `function.json`.
 *
 * @throws Error naming the file, the key, its rule and what to do.
 */
export function readFunctionFile(path: string): FunctionFile {
  const content = parse(path);
  for (const [key, value] of Object.entries(content)) {
    const rule = Object.hasOwn(RULES, key)
      ? RULES[key as keyof FunctionFile]
      : undefined;
    if (rule === undefined) {
      const known = Object.keys(RULES).join(", ");
      throw new Error(
        `${path} has an unknown key "${key}". Known are ${known}: correct it or remove it.`,
      );
    }
    if (!rule.holds(value)) {
      throw new Error(`"${key}" in ${path} must be ${rule.text}: correct it.`);
    }
  }
  return content;
}

function parse(path: string): FunctionFile {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new Error(
      `${path} can't be read as JSON (${(cause as Error).message}): correct it or remove it.`,
      { cause },
    );
  }
  if (!isObject(content)) {
    throw new Error(
      `${path} must hold a JSON object, such as {"timeout": 5}: correct it or remove it.`,
    );
  }
  return content;
}

function isIntegerWithin([min, max]: readonly [number, number]): Check {
  return (value) =>
    Number.isInteger(value) &&
    (value as number) >= min &&
    (value as number) <= max;
}

function isEnvironment(value: unknown): boolean {
  return (
    isObject(value) &&
    Object.entries(value).every(
      ([name, text]) =>
        /^[a-zA-Z][a-zA-Z0-9_]+$/.test(name) && typeof text === "string",
    )
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

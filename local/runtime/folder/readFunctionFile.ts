import { readFileSync } from "node:fs";

/** Settings of a function from its `function.json`. */
export interface FunctionFileSettings {
  /** Timeout of one invocation in seconds; 1 to 900. */
  readonly timeout?: number;

  /** Memory in MB; 128 to 10,240. */
  readonly memorySize?: number;

  /** Description of the function; at most 256 characters. */
  readonly description?: string;

  /** Environment variables. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Content of a `function.json`. */
export interface FunctionFile extends FunctionFileSettings {
  /** Handler as Lambda writes it: module and export, such as `index.handler`. */
  readonly handler?: string;
}

type Check = (value: unknown) => boolean;

interface Rule {
  readonly isValid: Check;
  readonly requirement: string;
}

const MAX_DESCRIPTION = 256;

const RULES: Readonly<Record<keyof FunctionFile, Rule>> = {
  handler: {
    isValid: (value) =>
      typeof value === "string" && /^[\w$-]+(\/[\w$-]+)*\.[\w$]+$/.test(value),
    requirement: 'a module and an export, such as "index.handler"',
  },
  timeout: {
    isValid: isIntegerWithin([1, 900]),
    requirement: "an integer from 1 to 900, in seconds",
  },
  memorySize: {
    isValid: isIntegerWithin([128, 10_240]),
    requirement: "an integer from 128 to 10,240, in MB",
  },
  description: {
    isValid: (value) =>
      typeof value === "string" && value.length <= MAX_DESCRIPTION,
    requirement: `a string of at most ${MAX_DESCRIPTION} characters`,
  },
  environment: {
    isValid: isEnvironment,
    requirement:
      "an object of strings; each name must start with a letter and consist of at least 2 letters, digits and underscores",
  },
};

/**
 * Reads a `function.json`.
 *
 * @throws Error that names the file, the key, its rule and the fix.
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
        `${path} has an unknown key "${key}". Valid keys are ${known}.`,
      );
    }
    if (!rule.isValid(value)) {
      throw new Error(`"${key}" in ${path} must be ${rule.requirement}.`);
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
      `${path} is not valid JSON (${(cause as Error).message}). Correct it or remove it.`,
      { cause },
    );
  }
  if (!isObject(content)) {
    throw new Error(
      `${path} must contain a JSON object, such as {"timeout": 5}. Correct it or remove it.`,
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
      ([name, value]) =>
        /^[a-zA-Z][a-zA-Z0-9_]+$/.test(name) && typeof value === "string",
    )
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

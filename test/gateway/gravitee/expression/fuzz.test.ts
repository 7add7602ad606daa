import * as fc from "fast-check";
import { EvaluationError } from "../../../../gateway/gravitee/expression/errors/EvaluationError";
import { parseTemplate } from "../../../../gateway/gravitee/expression/parseTemplate";
import type { Template } from "../../../../gateway/gravitee/expression/Template";
import { TemplateError } from "../../../../gateway/gravitee/expression/errors/TemplateError";
import { AttributeMap } from "../../../../gateway/gravitee/expression/values/AttributeMap";
import {
  Bean,
  beanOf,
} from "../../../../gateway/gravitee/expression/values/Bean";
import { MultiMap } from "../../../../gateway/gravitee/expression/values/MultiMap";
import { broken, expressions, soup } from "./grammar";

/** The most times that one evaluation may read the clock. */
const MOST_READINGS = 50;

/** What was reached that no expression may reach. */
const touched: string[] = [];

const touch = (what: string): never => {
  touched.push(what);
  throw new Error(`touched ${what}`);
};

class Instance {
  secret = "kept";

  get canary(): string {
    return touch("a getter of an instance");
  }
}

const trap = Object.defineProperty({ status: 200 }, "secret", {
  enumerable: true,
  get: () => touch("an accessor"),
});

const proxy = new Proxy(
  { status: 200 },
  {
    get: () => touch("get of a proxy"),
    getOwnPropertyDescriptor: () => touch("a descriptor of a proxy"),
    getPrototypeOf: () => touch("the prototype of a proxy"),
    ownKeys: () => touch("the keys of a proxy"),
    has: () => touch("has of a proxy"),
  },
);

const toRequest = beanOf("request", {
  headers: () => new MultiMap(["X-A", "1"], { names: "any-case" }),
  content: () => '{"level":5,"l":[1,2.50]}',
});

const variables = {
  request: toRequest(undefined),
  context: { attributes: new AttributeMap(new Map([["secret", "s"]])) },
  lambdaResponse: { status: 200, content: '{"level":5,"l":[1,2.50]}' },
  list: [1, "a", null, { a: 1 }, [2], 1.5, 12345678901234567890n],
  map: new Map<unknown, unknown>([
    ["a", 1],
    ["key", { value: new Date(0) }],
  ]),
  trap,
  proxy,
  instance: new Instance(),
  call: () => touch("a function"),
};

/** Watches the names that everything inherits. */
const WATCHED = ["canary", "secret", "nope", "key"];

beforeAll(() => {
  for (const name of WATCHED)
    Object.defineProperty(Object.prototype, name, {
      configurable: true,
      get: () => touch(`Object.prototype.${name}`),
      set(value: unknown) {
        Object.defineProperty(this, name, {
          value,
          configurable: true,
          enumerable: true,
          writable: true,
        });
      },
    });
});

afterAll(() => {
  for (const name of WATCHED) Reflect.deleteProperty(Object.prototype, name);
});

/** Whether a value is one that a host may be handed. */
function isAllowed(value: unknown): boolean {
  if (value === null) return true;
  if (Array.isArray(value)) return value.every(isAllowed);
  if (value instanceof Map)
    return [...value].every((entry) => entry.every(isAllowed));
  return (
    ["string", "boolean", "number", "bigint"].includes(typeof value) ||
    value instanceof Date ||
    value instanceof Uint8Array ||
    value instanceof Bean
  );
}

const longest = { readings: 0, text: "" };
const counted = { read: 0, refused: 0, evaluated: 0, failed: 0 };

function read(text: string): Template | undefined {
  try {
    const template = parseTemplate(text);
    counted.read++;
    return template;
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    expect(error.offset).toBeGreaterThanOrEqual(0);
    expect(error.offset).toBeLessThanOrEqual(text.length);
    expect(error.message).toMatch(/^line \d+, column \d+: ./);
    counted.refused++;
    return undefined;
  }
}

function evaluate(template: Template): void {
  // The clock shows how often it was read: a busy machine stops no evaluation.
  let readings = 0;
  const bounds = { clock: () => ++readings, timeoutMs: 100_000 };
  for (const run of [
    () => template.evaluate({ variables, bounds }),
    () => template.toText({ variables, bounds }),
  ]) {
    readings = 0;
    try {
      const value = run();
      if (!isAllowed(value)) throw new Error(`reached ${typeof value}`);
      counted.evaluated++;
    } catch (error) {
      if (!(error instanceof EvaluationError) || error.cause) throw error;
      counted.failed++;
    }
    if (readings > longest.readings)
      Object.assign(longest, { readings, text: template.text });
  }
}

function tryOut(expression: string): void {
  const template = read(`{(${expression})}`);
  if (template) evaluate(template);
}

describe("100,000 expressions, valid and broken", () => {
  it.each([
    ["made by the grammar", 55_000, expressions],
    ["with something broken", 25_000, broken],
    ["of words in any order", 22_000, soup],
  ])(
    "are read or refused with their place, and end as a value or an error of their own: %s",
    (_, numRuns, made) => {
      fc.assert(fc.property(made, tryOut), {
        numRuns,
        seed: 20_261_121,
        endOnFailure: true,
      });
      expect(touched).toEqual([]);
    },
    600_000,
  );

  it("were as many, of both sorts, and none was slow", () => {
    expect(counted.read + counted.refused).toBeGreaterThanOrEqual(100_000);
    expect(counted.read).toBeGreaterThan(20_000);
    expect(counted.refused).toBeGreaterThan(20_000);
    expect(counted.evaluated).toBeGreaterThan(2_000);
    expect(counted.failed).toBeGreaterThan(2_000);
    expect(longest.readings).toBeLessThan(MOST_READINGS);
  });
});

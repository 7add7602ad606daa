import * as fc from "fast-check";
import type { PostInput } from "../../../../gateway/boomi/configuration/PostInput";
import type {
  Point,
  ExpandInputToken,
} from "../../../../gateway/boomi/configuration/PointConfiguration";
import { readConfiguration } from "../../../../gateway/boomi/configuration/readConfiguration";
import { CONNECTION_OBJECT } from "./lines";

const KEYS = [
  "region",
  "functionARN",
  "roleARN",
  "externalIdKey",
  "externalIDKey",
  "sessionName",
  "expirationDuration",
  "synchronicity",
  "failSafe",
  "timeout",
  "enable_error_set",
  "require-request-headers",
  "include-request-headers",
  "skip-request-headers",
  "include-response-headers",
  "skip-response-headers",
  "require-eavs",
  "include-eavs",
  "require-packageKey-eavs",
  "include-packageKey-eavs",
  "expand-input",
  "max-payload-size",
  "max-payload-condition",
  "sidecar-param-label",
  "sidecar-param-__proto__",
  "sidecar-param-",
  "useAssumeRole",
  "processors",
  "__proto__",
  "constructor",
];

const VALUES = [
  "1",
  "0",
  "true",
  "event",
  "a,b",
  "__proto__",
  "token",
  "",
  "?",
];

const points = fc.constantFrom<Point>("PreProcessor", "PostProcessor");

const anyText = fc.string({ unit: "binary", maxLength: 60 });

const anyLine = fc.oneof(
  anyText,
  fc
    .tuple(
      fc.oneof(
        fc.constantFrom(...KEYS),
        fc
          .constantFrom(...KEYS)
          .map(
            (key) =>
              `com.mashery.proxy.customer.generic.sidecar-connector.${key}`,
          ),
      ),
      fc.oneof(fc.constantFrom(...VALUES), anyText),
    )
    .map((parts) => parts.join(":")),
);

const anyLines = fc
  .tuple(fc.array(anyLine), fc.constantFrom("\n", "\r\n", "\r"))
  .map(([lines, end]) => lines.join(end));

const words = fc.string({
  unit: fc.constantFrom(...Array.from("abcXYZ019-_")),
  minLength: 1,
  maxLength: 12,
});

const lists = fc.array(words, { maxLength: 5 });

const tokens = fc.subarray<ExpandInputToken>([
  "requestPayload",
  "responsePayload",
  "remoteAddress",
  "token",
  "operation",
  "routing",
]);

/** Every written value must be read back unchanged; none of these strings can be mistaken for another type. */
const params = fc.oneof(
  fc.constantFrom("summer", "a:b", "1.2.3", "x y", ""),
  fc.maxSafeInteger().map((number) => number + 0),
  fc.constantFrom(0.75, -12.5, 1024.0625),
  fc.boolean(),
  fc.constant(null),
);

const right = fc
  .record(
    {
      sessionName: words.map((word) => `s-${word}`),
      expirationDuration: fc.integer({ min: 15, max: 720 }),
      synchronicity: fc.constantFrom("event", "request-response", "Event"),
      failSafe: fc.boolean(),
      timeout: fc.integer({ min: 1, max: 100_000 }),
      enable_error_set: fc.boolean(),
      "require-request-headers": lists,
      "include-request-headers": lists,
      "skip-request-headers": lists,
      "include-response-headers": lists,
      "skip-response-headers": lists,
      "require-eavs": lists,
      "include-eavs": lists,
      "require-packageKey-eavs": lists,
      "include-packageKey-eavs": lists,
      "expand-input": tokens,
      "max-payload-size": fc.constantFrom(1, 0.5, 20, 1024),
      "max-payload-condition": fc.constantFrom("blocking", "Filtering"),
    },
    { requiredKeys: [] },
  )
  .chain((own) =>
    fc
      .dictionary(
        fc.oneof(
          words,
          fc.constantFrom("__proto__", "constructor", "toString"),
        ),
        params,
      )
      .map((named): PostInput => ({
        ...CONNECTION_OBJECT,
        ...own,
        ...Object.fromEntries(
          Object.entries(named).map(([name, value]) => [
            `sidecar-param-${name}`,
            value,
          ]),
        ),
      })),
  );

/** Any value of an object's property. */
const anyObject = fc.dictionary(
  fc.oneof(fc.constantFrom(...KEYS), anyText),
  fc.anything({ withBigInt: true, withSparseArray: true, withMap: true }),
  { noNullPrototype: false },
);

function toLines(given: object): string {
  return Object.entries(given)
    .map(([key, value]) => `${key}:${String(value)}`)
    .join("\n");
}

describe("readPoint, whatever it is given", () => {
  it("never throws and reports only lines that exist", () => {
    fc.assert(
      fc.property(anyLines, points, (text, point) => {
        const label = point === "PreProcessor" ? "preInput" : "postInput";
        const count = text.split(/\r\n?|\n/).length;

        const { configuration, issues } = readConfiguration(text, point);

        expect(configuration === undefined).toBe(issues.length > 0);
        for (const { message, rule } of issues) {
          const line = new RegExp(`^${label} line (\\d+): \\S`).exec(message);
          if (rule === "required" && !line)
            expect(message).toMatch(new RegExp(`^${label}: \\w+ is required$`));
          else {
            expect(Number(line?.[1])).toBeGreaterThanOrEqual(1);
            expect(Number(line?.[1])).toBeLessThanOrEqual(count);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it("reports missing keys first, then issues in the order of the lines", () => {
    fc.assert(
      fc.property(anyLines, points, (text, point) => {
        const { issues } = readConfiguration(text, point);
        const required = issues.filter(({ boomiError }) => boomiError);
        const lines = issues
          .filter(({ boomiError }) => !boomiError)
          .map(({ message }) => Number(/line (\d+)/.exec(message)?.[1]));

        expect(issues.slice(0, required.length)).toEqual(required);
        expect(lines).toEqual([...lines].sort((a, b) => a - b));
      }),
      { numRuns: 500 },
    );
  });

  it("reads an object and the same lines to the same configuration", () => {
    fc.assert(
      fc.property(right, (given) => {
        const fromObject = readConfiguration(given, "PostProcessor");
        const fromLines = readConfiguration(toLines(given), "PostProcessor");

        expect(fromObject.issues).toEqual([]);
        expect(fromLines).toEqual(fromObject);
      }),
      { numRuns: 500 },
    );
  });

  it("never throws for an object and changes no prototype", () => {
    const before = Reflect.ownKeys(Object.prototype);

    fc.assert(
      fc.property(anyObject, points, (given, point) => {
        const { configuration, issues } = readConfiguration(
          given as unknown as PostInput,
          point,
        );

        expect(configuration === undefined).toBe(issues.length > 0);
        for (const { message } of issues)
          expect(message).toMatch(/^(pre|post)Input: /);
      }),
      { numRuns: 500 },
    );

    expect(Reflect.ownKeys(Object.prototype)).toEqual(before);
  });

  it("reads parameters with names such as __proto__ as plain parameters", () => {
    const hostile = fc.constantFrom(
      "__proto__",
      "constructor",
      "prototype",
      "hasOwnProperty",
      "toString",
      "toJSON",
    );

    fc.assert(
      fc.property(fc.uniqueArray(hostile), (names) => {
        const given = {
          ...CONNECTION_OBJECT,
          ...Object.fromEntries(
            names.map((name) => [`sidecar-param-${name}`, "here"]),
          ),
        };

        const { configuration } = readConfiguration(
          toLines(given),
          "PreProcessor",
        );

        expect(Object.keys(configuration?.params ?? {})).toEqual(names);
        expect(Object.getPrototypeOf(configuration?.params)).toBeNull();
        expect(({} as Record<string, unknown>)["here"]).toBeUndefined();
      }),
    );
  });
});

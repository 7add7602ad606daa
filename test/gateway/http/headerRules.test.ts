import { validateHeaderName, validateHeaderValue } from "node:http";
import { assert, constantFrom, oneof, property, string } from "fast-check";
import {
  findHeaderProblem,
  findHeaderNameProblem,
  HOP_BY_HOP_HEADERS,
  isFinalStatus,
} from "../../../gateway/http/headerRules";

const names = oneof(
  string(),
  string({ unit: "binary" }),
  constantFrom(
    "X-A",
    "x_a.b~c",
    "Content-Type",
    "Set-Cookie",
    "__proto__",
    ...HOP_BY_HOP_HEADERS,
  ),
);
const values = oneof(
  string(),
  string({ unit: "binary" }),
  constantFrom("a\tb", "\u00e9", "a\r\n b", "\u007f", "\u0100"),
);

describe("headerRules", () => {
  it("accepts no header that Node or Fetch would refuse", () => {
    assert(
      property(names, values, (name, value) => {
        if (findHeaderProblem(name, value) !== undefined) return;
        validateHeaderName(name);
        validateHeaderValue(name, value);
        new Headers([[name, value]]);
      }),
      { numRuns: 2000 },
    );
  });

  it("accepts every value that Node sends and HTTP allows", () => {
    assert(
      property(string({ unit: "binary-ascii" }), (value) => {
        let isSendable = true;
        try {
          validateHeaderValue("X-A", value);
        } catch {
          isSendable = false;
        }
        expect(findHeaderProblem("X-A", value) === undefined).toBe(isSendable);
      }),
    );
  });

  it("never repeats a refused value", () => {
    assert(
      property(string({ unit: "binary", minLength: 8 }), (value) => {
        expect(findHeaderProblem("X-A", `${value}\n`)).not.toContain(value);
      }),
    );
  });

  it.each([...HOP_BY_HOP_HEADERS, "Content-Length", "EXPECT", "Trailer"])(
    "reserves %s for the gateway",
    (name) => {
      expect(findHeaderNameProblem(name)).toMatch(/set by the gateway/);
    },
  );

  it.each([
    "__proto__",
    "constructor",
    "Prototype",
    "",
    "a b",
    "a:",
    "a\n",
    "é",
  ])("refuses %j as a header name", (name) => {
    expect(findHeaderNameProblem(name)).toMatch(/is not a valid header name/);
  });

  it("accepts statuses from 200 to 599", () => {
    const taken = [200, 404, 599].map(isFinalStatus);
    const refused = [100, 199, 600, 200.5, NaN, "200", undefined].map(
      isFinalStatus,
    );

    expect([...taken, ...refused]).toEqual([
      ...Array<boolean>(3).fill(true),
      ...Array<boolean>(7).fill(false),
    ]);
  });
});

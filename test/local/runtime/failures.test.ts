import { createRequire } from "node:module";
import type { FunctionCode, LambdaHandler } from "../../../dist/local/runtime";
import { failureOf, fileCode, invocation, run, runtimeOf } from "./run";

const FILE = "failures.cjs";
const handlers = createRequire(__filename)(`./functions/${FILE}`) as Record<
  string,
  LambdaHandler
>;

describe.each(["file", "inline"] as const)(
  "a failing function (%s)",
  (kind) => {
    const code = (name: string): FunctionCode => {
      const handler = handlers[name];
      if (handler === undefined) throw new Error(`No handler ${name}`);
      return kind === "file" ? fileCode(FILE, name) : { kind, handler };
    };

    it.each([
      ["throws", "TypeError", "no such sku"],
      ["rejects", "PriceMissing", "no price"],
      ["callsBack", "Error", "no"],
    ])(
      "that %s reports type, message and trace",
      async (name, type, message) => {
        const runtime = runtimeOf(code(name));

        const failure = await failureOf(runtime);

        expect(failure).toEqual({
          functionError: "Unhandled",
          errorType: type,
          errorMessage: message,
          trace: expect.arrayContaining([
            expect.stringContaining(message),
            expect.stringContaining(FILE),
          ]),
        });
      },
    );

    it.each([
      ["text", "string", "a text"],
      ["number", "number", "42"],
      ["nothing", "string", "handled"],
      ["record", "object", "[object Object]"],
    ])("reports a thrown %s", async (name, type, message) => {
      const runtime = runtimeOf(code(name));

      const failure = await failureOf(runtime);

      expect(failure).toEqual({
        functionError: "Unhandled",
        errorType: type,
        errorMessage: message,
        trace: [],
      });
    });

    it.each([
      ["bigint", "Do not know how to serialize a BigInt"],
      ["circle", "Converting circular structure to JSON"],
    ])("reports that a %s can't be serialized", async (name, reason) => {
      const runtime = runtimeOf(code(name));

      const failure = await failureOf(runtime);

      expect(failure).toEqual({
        functionError: "Unhandled",
        errorType: "Runtime.MarshalError",
        errorMessage: expect.stringContaining(
          `Unable to stringify response body: ${reason}`,
        ),
        trace: expect.arrayContaining([
          expect.stringContaining("Runtime.MarshalError"),
        ]),
      });
    });

    it("logs an error with its own fields", async () => {
      const runtime = runtimeOf(code("rejects"));

      const { log } = await run(runtime, invocation());

      const [, line = ""] = log.split("\n");
      const [time, requestId, level, what, report = ""] = line.split("\t");
      expect([requestId, level, what]).toEqual([
        expect.stringMatching(/^request-/),
        "ERROR",
        "Invoke Error ",
      ]);
      expect(new Date(time ?? "").toISOString()).toBe(time);
      expect(JSON.parse(report)).toEqual({
        errorType: "PriceMissing",
        errorMessage: "no price",
        name: "PriceMissing",
        sku: "A-17",
        stack: expect.arrayContaining([expect.stringContaining("no price")]),
      });
    });

    it("reports a timeout as Lambda does", async () => {
      const waiting: FunctionCode =
        kind === "file"
          ? fileCode("answers.cjs", "wait")
          : { kind, handler: () => new Promise(() => undefined) };
      const runtime = runtimeOf(waiting, { timeoutSeconds: 0.1 });
      const call = { ...invocation({ ms: 60_000 }), requestId: "id-1" };

      const answer = await run(runtime, call);

      expect(answer.text).toBe(
        '{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: id-1 Error: Task timed out after 0.10 seconds"}',
      );
      expect(answer.functionError).toBe("Unhandled");
      expect(answer.log).toMatch(
        /^START RequestId: id-1 Version: \$LATEST\n\S+Z id-1 Task timed out after 0\.10 seconds\n\nEND RequestId: id-1\nREPORT RequestId: id-1\tDuration: 100\.00 ms\t.*Status: timeout\n$/,
      );
    });
  },
);

describe("FileRuntime with a failing handler", () => {
  it("reports an uncaught exception", async () => {
    const runtime = runtimeOf(fileCode(FILE, "uncaught"));

    const failure = await failureOf(runtime);

    expect(failure).toMatchObject({
      functionError: "Unhandled",
      errorType: "RangeError",
      errorMessage: "later",
    });
  });

  it("reports an unhandled rejection", async () => {
    const runtime = runtimeOf(fileCode(FILE, "unhandled"));

    const failure = await failureOf(runtime);

    expect(failure).toMatchObject({
      functionError: "Unhandled",
      errorType: "Runtime.UnhandledPromiseRejection",
      errorMessage: "Error: not awaited",
    });
  });

  it("returns null if the event loop is empty and the callback was not called", async () => {
    const runtime = runtimeOf(fileCode(FILE, "forgottenCallback"));

    const answer = await run(runtime);

    expect(answer).toEqual({ text: "null", log: expect.any(String) });
  });

  it("reports a promise that never settles if the event loop is empty", async () => {
    const runtime = runtimeOf(fileCode(FILE, "neverSettled"));

    const failure = await failureOf(runtime);

    expect(failure).toMatchObject({
      functionError: "Unhandled",
      errorType: "Runtime.NodeJsExit",
      errorMessage: expect.stringContaining("a Promise that was never settled"),
    });
  });
});

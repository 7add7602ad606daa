import { createRequire } from "node:module";
import { devNull } from "node:os";
import type { FunctionCode, LambdaHandler } from "../../../dist/local/runtime";
import { fileCode, invocation, run, runtimeOf, settings } from "./run";

const handlers = createRequire(__filename)("./functions/answers.cjs") as Record<
  string,
  LambdaHandler
>;

const MAX_ANSWER_BYTES = 6_291_556;

// Both kinds of code behave in the same way.
describe.each(["file", "inline"] as const)(
  "a function's answer (%s)",
  (kind) => {
    const code = (name: string): FunctionCode => {
      const handler = handlers[name];
      if (handler === undefined) throw new Error(`No handler ${name}`);
      return kind === "file"
        ? fileCode("answers.cjs", name)
        : { kind, handler };
    };

    it.each([
      ["promise", '{"promised":{"sku":"A-17"}}'],
      ["callback", '{"called":{"sku":"A-17"}}'],
      ["callbackNow", '"now"'],
      ["plain", '{"plain":{"sku":"A-17"}}'],
      ["nothing", "null"],
      ["noValue", "null"],
    ])("serializes the result of %s to JSON", async (name, text) => {
      const runtime = runtimeOf(code(name));

      const answer = await run(runtime, invocation({ sku: "A-17" }));

      expect(answer).toEqual({ text, log: expect.any(String) });
    });

    it("returns the bytes of a Uint8Array unchanged", async () => {
      const runtime = runtimeOf(code("bytes"));

      const { payload } = await runtime.invoke(invocation());

      expect(Array.from(payload)).toEqual([0, 255, 10, 200]);
    });

    it.each([
      ["text", "not JSON: {"],
      ["noBytes", ""],
    ])("returns the bytes of %s that are not JSON", async (name, text) => {
      const runtime = runtimeOf(code(name));

      const answer = await run(runtime);

      expect(answer).toEqual({ text, log: expect.any(String) });
    });

    it("passes an empty payload as an empty object", async () => {
      const runtime = runtimeOf(code("plain"));

      const answer = await run(runtime, invocation());

      expect(answer.text).toBe('{"plain":{}}');
    });

    it("preserves Unicode of every plane, __proto__ and the caller's bytes", async () => {
      const runtime = runtimeOf(code("unicode"));
      const text = '{"__proto__":1,"constructor":"é 漢 😀"}';
      const call = { ...invocation(), payload: Buffer.from(text) };

      const answer = await run(runtime, call);

      expect(answer.text).toBe(text);
      expect(call.payload.toString()).toBe(text);
    });

    it("returns a response of Lambda's maximum size", async () => {
      const runtime = runtimeOf(code("ofSize"));

      const answer = await run(
        runtime,
        invocation({ bytes: MAX_ANSWER_BYTES }),
      );

      expect(answer.functionError).toBeUndefined();
      expect(answer.text).toHaveLength(MAX_ANSWER_BYTES);
    });

    it("rejects a response that is one byte larger", async () => {
      const runtime = runtimeOf(code("ofSize"));

      const answer = await run(
        runtime,
        invocation({ bytes: MAX_ANSWER_BYTES + 1 }),
      );

      expect(answer).toEqual({
        text: '{"errorType":"Function.ResponseSizeTooLarge","errorMessage":"Response payload size exceeded maximum allowed payload size (6291556 bytes)."}',
        functionError: "Unhandled",
        log: expect.any(String),
      });
    });

    it("passes the complete context", async () => {
      const runtime = runtimeOf(code("context"));

      const answer = await run(runtime, {
        ...invocation(),
        requestId: "id-1",
        invokedArn: `${settings.functionArn}:live`,
        clientContext: { custom: { shop: "north" } },
        tenantId: "acme",
      });

      expect(JSON.parse(answer.text)).toEqual({
        callbackWaitsForEmptyEventLoop: true,
        functionName: "price",
        functionVersion: "$LATEST",
        invokedFunctionArn: `${settings.functionArn}:live`,
        memoryLimitInMB: "128",
        awsRequestId: "id-1",
        logGroupName: "/aws/lambda/price",
        logStreamName: expect.stringMatching(
          /^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/,
        ),
        clientContext: { custom: { shop: "north" } },
        tenantId: "acme",
        remaining: expect.any(Number),
      });
    });

    it("returns the remaining time", async () => {
      const runtime = runtimeOf(code("context"), { timeoutSeconds: 600 });

      const answer = await run(runtime);

      const { remaining } = JSON.parse(answer.text) as { remaining: number };
      expect(remaining).toBeGreaterThan(500_000);
      expect(remaining).toBeLessThanOrEqual(600_000);
    });
  },
);

describe("FileRuntime", () => {
  it.each([
    ["module.mjs", '"module.mjs loaded"'],
    ["plain.js", '"CommonJS"'],
    ["package/index.js", '"ES module"'],
  ])("loads a module that is %s", async (file, text) => {
    const runtime = runtimeOf(fileCode(file));

    const answer = await run(runtime);

    expect(answer.text).toBe(text);
  });

  it("passes the function's environment and not the host's", async () => {
    process.env["HOST_SECRET"] = "do not show";
    const runtime = runtimeOf(fileCode("answers.cjs", "environment"), {
      environment: { SHOP: "north" },
    });

    const answer = await run(runtime);

    delete process.env["HOST_SECRET"];
    const environment = JSON.parse(answer.text) as Record<string, string>;
    const ofTheHost = ["PATH", "TMPDIR", "TEMP", "TMP", "SystemRoot"];
    for (const name of ofTheHost) Reflect.deleteProperty(environment, name);
    expect(environment).toEqual({
      AWS_CONFIG_FILE: devNull,
      AWS_DEFAULT_REGION: "eu-central-1",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_EXECUTION_ENV: expect.stringMatching(/^AWS_Lambda_nodejs\d+\.x$/),
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "128",
      AWS_LAMBDA_FUNCTION_NAME: "price",
      AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
      AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
      AWS_LAMBDA_LOG_GROUP_NAME: "/aws/lambda/price",
      AWS_LAMBDA_LOG_STREAM_NAME: expect.any(String),
      AWS_REGION: "eu-central-1",
      AWS_SHARED_CREDENTIALS_FILE: devNull,
      LAMBDA_TASK_ROOT: expect.stringMatching(/functions$/),
      LANG: "en_US.UTF-8",
      SHOP: "north",
      TZ: ":UTC",
      _HANDLER: "answers.environment",
    });
  });
});

describe("InlineRuntime", () => {
  it("shares variables with the test", async () => {
    const seen: unknown[] = [];
    const handler = (event: { sku: string }) => {
      seen.push(event.sku);
    };
    const runtime = runtimeOf({ kind: "inline", handler });

    await run(runtime, invocation({ sku: "A-17" }));

    expect(seen).toEqual(["A-17"]);
  });

  it("returns the bytes as they were when the handler keeps writing to them", async () => {
    const bytes = Buffer.from("before");
    const runtime = runtimeOf({ kind: "inline", handler: () => bytes });

    const { payload } = await runtime.invoke(invocation());
    bytes.write("after!");

    expect(Buffer.from(payload).toString()).toBe("before");
  });
});

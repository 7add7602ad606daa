import type * as Package from "../../../../src";
import { functionResult } from "../../../awsResponses";
import { connection } from "../../../connection";
import { FakeAws } from "../../../FakeAws";
import { FakeClock } from "../../../FakeClock";

const SECRET = "s3cr3t-value";
const JSON_TEXT = JSON.stringify({ password: SECRET });

/** Opens a connector of a package that has not warned yet. */
function open() {
  jest.resetModules();
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a new instance for each test
  const { createConnector } = require("../../../../src") as typeof Package;
  const aws = new FakeAws().respondWith(functionResult(null));
  const hooks = { transport: aws, clock: new FakeClock() };
  return { aws, connector: createConnector(connection, hooks) };
}

type Invoke = (
  connector: Package.Connector,
  payload: unknown,
) => Promise<unknown>;

const invoke: Invoke = (connector, payload) =>
  connector.invokeFunction({ functionName: "price", payload });

const OPERATIONS: readonly [string, Invoke][] = [
  ["invokeFunction", invoke],
  [
    "invokeMany",
    (connector, payload) =>
      connector.invokeMany({ requests: [{ functionName: "price", payload }] }),
  ],
  [
    "a typed function without a contract",
    (connector, payload) => connector.function("price")(payload),
  ],
];

describe("a payload that is a string", () => {
  const emitWarning = jest.spyOn(process, "emitWarning");

  beforeEach(() => {
    emitWarning.mockReset();
  });

  afterAll(() => {
    emitWarning.mockRestore();
  });

  it.each(OPERATIONS)(
    "that contains JSON is sent as a JSON string, with one warning: %s",
    async (_, run) => {
      const { aws, connector } = open();

      await run(connector, JSON_TEXT);
      await run(connector, JSON_TEXT);

      expect(aws.sent.map(({ body }) => body)).toEqual([JSON_TEXT, JSON_TEXT]);
      expect(emitWarning.mock.calls).toEqual([
        [
          "payload for the function price is a string that contains JSON; it is sent as a JSON string. Pass the value itself, or use payloadJson for a JSON string",
          expect.objectContaining({
            type: "PayloadWarning",
            code: "AWS_LAMBDA_CONNECTOR_PAYLOAD",
          }),
        ],
      ]);
      expect(JSON.stringify(emitWarning.mock.calls)).not.toContain(SECRET);
    },
  );

  it.each<[string, string]>([
    ["an empty object", "{}"],
    ["an array", "[1, 2]"],
    ["whitespace around it", ' \n{ "a": 1 }\n'],
    ["a long object", JSON.stringify({ a: "x".repeat(200_000) })],
  ])("warns of JSON: %s", async (_, payload) => {
    await invoke(open().connector, payload);

    expect(emitWarning).toHaveBeenCalledTimes(1);
  });

  it.each<[string, unknown]>([
    ["text", "A-17"],
    ["an empty string", ""],
    ["a number", "17"],
    ["braces", "{#request.content}"],
    ["a list in brackets", "[INFO] started [ok]"],
    ["a template", "{{name}}"],
    ["an unfinished object", '{"a": 1'],
    ["the value itself", { a: 1 }],
    ["bytes", Buffer.from("{}")],
  ])("does not warn of anything else: %s", async (_, payload) => {
    await invoke(open().connector, payload);

    expect(emitWarning).not.toHaveBeenCalled();
  });

  it("does not warn if the string is sent deliberately", async () => {
    const { aws, connector } = open();

    await connector.invokeFunction({
      functionName: "price",
      payloadJson: JSON.stringify(JSON_TEXT),
    });
    await connector.function("price", { request: String })(JSON_TEXT);

    expect(aws.sent.map(({ body }) => body)).toEqual([JSON_TEXT, JSON_TEXT]);
    expect(emitWarning).not.toHaveBeenCalled();
  });

  it("does not warn of a request that is not sent", async () => {
    const { connector } = open();

    await connector
      .invokeFunction({
        functionName: "price",
        payload: JSON_TEXT,
        payloadJson: "{}",
      })
      .catch(() => undefined);

    expect(emitWarning).not.toHaveBeenCalled();
  });

  it("is checked 100 times at most", async () => {
    const { connector } = open();
    for (let i = 0; i < 100; i++) await invoke(connector, "{no}");

    await invoke(connector, JSON_TEXT);

    expect(emitWarning).not.toHaveBeenCalled();
  });
});

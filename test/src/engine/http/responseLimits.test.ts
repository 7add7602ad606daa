import { inspect } from "node:util";
import {
  InvokeFunction,
  ListFunctions,
  ValidateCredentials,
} from "../../../../operations";
import { connection } from "../../../connection";
import { catchError } from "../../../catchError";
import { FakeAws, type Reply } from "../../../FakeAws";

const DEEP = `${"[".repeat(600)}${"]".repeat(600)}`;

const open = (...replies: Reply[]) => {
  const transport = new FakeAws().respondWith(...replies);
  return {
    transport,
    invoke: () =>
      new InvokeFunction(connection, { transport }).execute({
        functionName: "price",
      }),
  };
};

describe("JSON that is nested too deeply", () => {
  it("in a payload is an error when the payload is read", async () => {
    const { invoke } = open({ body: DEEP });

    const response = await invoke();

    expect(() => response.payload).toThrow(
      "InvokeFunction: the response of the function price is nested more than 512 levels deep, which is the limit (1,200 characters). Read payloadText or payloadBytes instead.",
    );
    expect(response.payloadText).toBe(DEEP);
    expect(inspect(response)).toContain("payloadText");
  });

  it("in the payload of a failed function does not hide the failure", async () => {
    const { invoke } = open({
      headers: { "x-amz-function-error": "Unhandled" },
      body: DEEP,
    });

    const error = await catchError(invoke());

    expect(error).toMatchObject({ code: "ERR_FUNCTION", execution: "ran" });
  });

  it("in an error response is an unreadable response", async () => {
    const { invoke } = open({ status: 400, body: DEEP });

    const error = await catchError(invoke());

    expect(error).toMatchObject({
      code: "ERR_RESPONSE",
      message: expect.stringContaining(
        "it has HTTP status 400 and the body is nested more than 512 levels deep, which is the limit",
      ) as string,
    });
  });

  it.each(["payloadJson", "clientContext"])(
    "in %s is refused before anything is sent",
    async (field) => {
      const { transport } = open({ body: "{}" });
      const operation = new InvokeFunction(connection, { transport });

      const error = await catchError(
        operation.execute({
          functionName: "price",
          [field]: `{"a":${DEEP}}`,
        }),
      );

      expect(error).toMatchObject({
        code: "ERR_INVALID_INPUT",
        issues: [{ path: field }],
      });
      expect(transport.sent).toEqual([]);
    },
  );
});

describe("a response that the AWS SDK reads", () => {
  it.each([
    ["nested elements", "<a>".repeat(20_000)],
    ["document types", "<!DOCTYPE>".repeat(20_000)],
    ["one document type", "<!DOCTYPE a><a></a>"],
    ["document types after a byte order mark", "\uFEFF\n<!doctype a><a></a>"],
    ["nested JSON", "[".repeat(200_000)],
  ])("is refused with %s", async (_, body) => {
    const transport = new FakeAws().respondWith({ body });
    const operation = new ValidateCredentials(connection, { transport });

    const error = await catchError(operation.execute());

    expect(error).toMatchObject({ code: "ERR_RESPONSE" });
  });
});

describe("a body that a transport has not limited", () => {
  it.each<[string, number, number]>([
    ["of a function", 200, 6_357_093],
    ["of an error", 500, 262_145],
  ])("%s is refused", async (_, status, length) => {
    const { invoke, transport } = open({ status, body: Buffer.alloc(length) });

    const error = await catchError(invoke());

    expect(error).toMatchObject({
      code: "ERR_RESPONSE",
      execution: "may-have-run",
      retryable: false,
      requestId: "request-1",
    });
    expect(transport.sent).toHaveLength(1);
  });

  it("is refused if it is a page of functions", async () => {
    const transport = new FakeAws().respondWith({
      body: Buffer.alloc(4_194_305, 32),
    });

    const error = await catchError(
      new ListFunctions(connection, { transport }).execute(),
    );

    expect(error.message).toContain("more than 4,194,304 bytes");
  });
});

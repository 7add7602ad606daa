import { inspect } from "node:util";
import { InvokeFunctionResponse } from "../../domain";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("InvokeFunctionResponse", () => {
  it("parses its payload once, on first use", () => {
    const readJson = jest.fn((text: string): unknown => JSON.parse(text));
    const answer = new InvokeFunctionResponse(
      { statusCode: 200, payloadBytes: bytes('{"a":1}') },
      readJson,
    );

    const before = readJson.mock.calls.length;
    const same = answer.payload === answer.payload;

    expect(before).toBe(0);
    expect(same).toBe(true);
    expect(readJson.mock.calls).toEqual([['{"a":1}']]);
  });

  it("parses the payload null once", () => {
    const readJson = jest.fn((text: string): unknown => JSON.parse(text));
    const answer = new InvokeFunctionResponse(
      { statusCode: 200, payloadBytes: bytes("null") },
      readJson,
    );

    const values = [answer.payload, answer.payload];

    expect(values).toEqual([null, null]);
    expect(readJson).toHaveBeenCalledTimes(1);
  });

  it("has no payload and no payloadText if there are no bytes", () => {
    const answer = new InvokeFunctionResponse({ statusCode: 204 });

    expect(answer.payload).toBeUndefined();
    expect(answer.payloadText).toBe("");
    expect(answer.payloadBytes).toEqual(new Uint8Array());
    expect(JSON.stringify(answer)).toBe('{"statusCode":204}');
  });

  it("reads bytes that are a view into a larger buffer", () => {
    const whole = bytes('xxx{"a":"é"}yyy');
    const answer = new InvokeFunctionResponse({
      statusCode: 200,
      payloadBytes: whole.subarray(3, whole.length - 3),
    });

    expect(answer.payloadText).toBe('{"a":"é"}');
    expect(answer.payload).toEqual({ a: "é" });
  });

  it("serialises to JSON with the parsed payload", () => {
    const answer = new InvokeFunctionResponse({
      statusCode: 200,
      executedVersion: "7",
      log: "START",
      requestId: "request-1",
      payloadBytes: bytes('{"a":[1]}'),
    });

    expect(JSON.parse(JSON.stringify(answer))).toEqual({
      statusCode: 200,
      executedVersion: "7",
      log: "START",
      requestId: "request-1",
      payload: { a: [1] },
    });
  });

  it("serialises to JSON with payloadText if the payload is not JSON", () => {
    const answer = new InvokeFunctionResponse({
      statusCode: 200,
      payloadBytes: bytes("twelve"),
    });

    expect(answer.toJSON()).toEqual({ statusCode: 200, payloadText: "twelve" });
  });

  it("keeps its payload when it is copied", () => {
    const payloadBytes = bytes('{"a":1}');
    const answer = new InvokeFunctionResponse({
      statusCode: 200,
      payloadBytes,
    });
    const { payload, ...rest } = answer;

    expect(payload).toEqual({ a: 1 });
    expect(rest).toEqual({ statusCode: 200, payloadBytes });
    expect(Object.keys(answer)).toContain("payload");
    expect(Object.hasOwn(answer, "payload")).toBe(true);
    // eslint-disable-next-line @typescript-eslint/no-misused-spread -- that is tested
    for (const copy of [{ ...answer }, Object.assign({}, answer)]) {
      expect(copy.payload).toBe(payload);
      expect(JSON.parse(JSON.stringify(copy))).toMatchObject({
        payload: { a: 1 },
      });
    }
    expect(structuredClone(answer)).toMatchObject({ payload: { a: 1 } });
    expect(Object.freeze(answer).payload).toBe(payload);
  });

  it("does not parse its payload before it is read", () => {
    const readJson = jest.fn((): unknown => 7);
    const answer = new InvokeFunctionResponse(
      { statusCode: 200, payloadBytes: bytes("7") },
      readJson,
    );

    expect([Object.keys(answer), Object.hasOwn(answer, "payload")]).toEqual([
      ["statusCode", "payloadBytes", "payload"],
      true,
    ]);
    expect(readJson).not.toHaveBeenCalled();
  });

  it("is printed without throwing, whatever its payload and the options are", () => {
    const answer = new InvokeFunctionResponse({
      statusCode: 200,
      payloadBytes: bytes("twelve"),
    });

    expect(inspect(answer)).toBe(
      "InvokeFunctionResponse { statusCode: 200, payloadText: 'twelve' }",
    );
    for (const options of [
      { customInspect: false },
      { showHidden: true },
      { customInspect: false, getters: true },
    ])
      expect(inspect(answer, options)).toContain("200");
    expect(JSON.stringify({ answer })).toContain("twelve");
    expect(() => ({ ...{ answer } })).not.toThrow();
  });

  it("is printed by util.inspect with its class name and fields", () => {
    const answer = new InvokeFunctionResponse({
      statusCode: 200,
      payloadBytes: bytes('{"a":1}'),
    });

    expect(inspect(answer)).toBe(
      "InvokeFunctionResponse { statusCode: 200, payload: { a: 1 } }",
    );
  });

  it("decodes invalid UTF-8 to U+FFFD in payloadText and keeps payloadBytes unchanged", () => {
    const answer = new InvokeFunctionResponse({
      statusCode: 200,
      payloadBytes: Uint8Array.of(0xff, 0x41),
    });

    expect(answer.payloadText).toBe("\ufffdA");
    expect([...answer.payloadBytes]).toEqual([0xff, 0x41]);
  });
});

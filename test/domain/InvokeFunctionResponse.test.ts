import { inspect } from "node:util";
import { InvokeFunctionResponse } from "../../domain";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("InvokeFunctionResponse", () => {
  it("reads its payload once, and when it is first wanted", () => {
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

  it("reads a payload of null once too", () => {
    const readJson = jest.fn((text: string): unknown => JSON.parse(text));
    const answer = new InvokeFunctionResponse(
      { statusCode: 200, payloadBytes: bytes("null") },
      readJson,
    );

    const values = [answer.payload, answer.payload];

    expect(values).toEqual([null, null]);
    expect(readJson).toHaveBeenCalledTimes(1);
  });

  it("has neither payload nor text where there are no bytes", () => {
    const answer = new InvokeFunctionResponse({ statusCode: 204 });

    expect(answer.payload).toBeUndefined();
    expect(answer.payloadText).toBe("");
    expect(answer.payloadBytes).toEqual(new Uint8Array());
    expect(JSON.stringify(answer)).toBe('{"statusCode":204}');
  });

  it("reads bytes that are a view into the middle of a buffer", () => {
    const whole = bytes('xxx{"a":"é"}yyy');
    const answer = new InvokeFunctionResponse({
      statusCode: 200,
      payloadBytes: whole.subarray(3, whole.length - 3),
    });

    expect(answer.payloadText).toBe('{"a":"é"}');
    expect(answer.payload).toEqual({ a: "é" });
  });

  it("is written as JSON with the payload as a value", () => {
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

  it("is written as JSON with the payload as text where it is no JSON", () => {
    const answer = new InvokeFunctionResponse({
      statusCode: 200,
      payloadBytes: bytes("twelve"),
    });

    expect(answer.toJSON()).toEqual({ statusCode: 200, payloadText: "twelve" });
  });

  it("is printed as what it is", () => {
    const answer = new InvokeFunctionResponse({
      statusCode: 200,
      payloadBytes: bytes('{"a":1}'),
    });

    expect(inspect(answer)).toBe(
      "InvokeFunctionResponse { statusCode: 200, payload: { a: 1 } }",
    );
  });

  it("shows bytes that are no text as U+FFFD, and keeps them as they are", () => {
    const answer = new InvokeFunctionResponse({
      statusCode: 200,
      payloadBytes: Uint8Array.of(0xff, 0x41),
    });

    expect(answer.payloadText).toBe("\ufffdA");
    expect([...answer.payloadBytes]).toEqual([0xff, 0x41]);
  });
});

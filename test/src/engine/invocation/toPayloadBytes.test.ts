import type { Issue } from "../../../../src/errors";
import {
  MAX_PAYLOAD_BYTES,
  toPayloadBytes,
  type PayloadSource,
} from "../../../../src/engine/invocation/toPayloadBytes";

function write(source: PayloadSource) {
  const issues: Issue[] = [];
  const bytes = toPayloadBytes(source, issues);
  return { bytes, issues };
}

describe("toPayloadBytes", () => {
  it("hands over the very bytes that it was given", () => {
    const payload = new Uint8Array([1, 2, 3]);

    const { bytes } = write({ payload });

    expect(bytes).toBe(payload);
  });

  it("has nothing to send where nothing was given", () => {
    const written = [write({}), write({ payloadJson: "" })];

    expect(written).toEqual([
      { bytes: undefined, issues: [] },
      { bytes: undefined, issues: [] },
    ]);
  });

  it("asks a value for its own JSON, once", () => {
    const toJSON = jest.fn(() => ({ amount: 12.5 }));

    const { bytes } = write({ payload: { toJSON } });

    expect(bytes).toEqual(Buffer.from('{"amount":12.5}'));
    expect(toJSON).toHaveBeenCalledTimes(1);
  });

  it("leaves the payload as it was", () => {
    const payload = Object.freeze({ list: Object.freeze([1, undefined]) });

    const { bytes } = write({ payload });

    expect(bytes?.toString()).toBe('{"list":[1,null]}');
    expect(payload).toEqual({ list: [1, undefined] });
  });

  it("keeps Lambda's limits, in bytes", () => {
    const limits = MAX_PAYLOAD_BYTES;

    expect(limits).toEqual({
      RequestResponse: 6_291_456,
      Event: 1_048_576,
      DryRun: 6_291_456,
    });
  });

  it("refuses null beside JSON text: null is a payload", () => {
    const { issues } = write({ payload: null, payloadJson: "1" });

    expect(issues).toMatchObject([{ path: "payloadJson", rule: "conflict" }]);
  });

  it("does not mistake the circle in a payload for the BigInt in it", () => {
    const loop: Record<string, unknown> = { a: 1 };
    loop["again"] = loop;

    const { issues } = write({ payload: loop });

    expect(issues).toEqual([
      {
        path: "payload",
        rule: "json",
        message:
          "payload cannot be serialized as JSON: it contains a circular reference",
      },
    ]);
  });
});

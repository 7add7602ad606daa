import type { Issue } from "../../../../src/errors";
import {
  MAX_PAYLOAD_BYTES,
  toPayloadBytes,
  type PayloadSource,
} from "../../../../src/engine/invocation/toPayloadBytes";

function serialize(source: PayloadSource) {
  const issues: Issue[] = [];
  const bytes = toPayloadBytes(source, issues);
  return { bytes, issues };
}

describe("toPayloadBytes", () => {
  it("returns a Uint8Array unchanged, without copying it", () => {
    const payload = new Uint8Array([1, 2, 3]);

    const { bytes } = serialize({ payload });

    expect(bytes).toBe(payload);
  });

  it("returns undefined for no payload and for an empty payloadJson", () => {
    const results = [serialize({}), serialize({ payloadJson: "" })];

    expect(results).toEqual([
      { bytes: undefined, issues: [] },
      { bytes: undefined, issues: [] },
    ]);
  });

  it("serializes a value with one call of its toJSON method", () => {
    const toJSON = jest.fn(() => ({ amount: 12.5 }));

    const { bytes } = serialize({ payload: { toJSON } });

    expect(bytes).toEqual(Buffer.from('{"amount":12.5}'));
    expect(toJSON).toHaveBeenCalledTimes(1);
  });

  it("does not change the payload", () => {
    const payload = Object.freeze({ list: Object.freeze([1, undefined]) });

    const { bytes } = serialize({ payload });

    expect(bytes?.toString()).toBe('{"list":[1,null]}');
    expect(payload).toEqual({ list: [1, undefined] });
  });

  it("has Lambda's payload limits in bytes", () => {
    const limits = MAX_PAYLOAD_BYTES;

    expect(limits).toEqual({
      RequestResponse: 6_291_456,
      Event: 1_048_576,
      DryRun: 6_291_456,
    });
  });

  it("rejects payloadJson together with the payload null", () => {
    const { issues } = serialize({ payload: null, payloadJson: "1" });

    expect(issues).toMatchObject([{ path: "payloadJson", rule: "conflict" }]);
  });

  it("reports a circular reference if the payload has no BigInt", () => {
    const circular: Record<string, unknown> = { a: 1 };
    circular["again"] = circular;

    const { issues } = serialize({ payload: circular });

    expect(issues).toEqual([
      {
        path: "payload",
        rule: "json",
        message:
          "payload cannot be serialized as JSON because it contains a circular reference",
      },
    ]);
  });
});

import {
  classifyFailure,
  readRetryAfterMs,
} from "../../../../src/engine/call/classifyFailure";
import { AwsError } from "../../../../src/engine/http/awsError";
import { WireError } from "../../../../src/engine/http/transport";

const NOON = Date.UTC(2026, 10, 20, 12);

describe("readRetryAfterMs", () => {
  it.each<[string, Record<string, string>, number | undefined]>([
    ["seconds", { "retry-after": "3" }, 3_000],
    ["zero seconds", { "retry-after": "0" }, 0],
    ["fractions of a second", { "retry-after": "1.5" }, 1_500],
    ["a date", { "retry-after": "Fri, 20 Nov 2026 12:00:07 GMT" }, 7_000],
    [
      "a date in the past",
      { "retry-after": "Fri, 20 Nov 2026 11:00:00 GMT" },
      0,
    ],
    ["milliseconds", { "x-amz-retry-after": "250" }, 250],
    ["both", { "x-amz-retry-after": "250", "retry-after": "3" }, 250],
    ["neither", {}, undefined],
    ["a word", { "retry-after": "soon" }, undefined],
    ["a negative number", { "retry-after": "-3" }, undefined],
    ["a number with an exponent", { "retry-after": "1e3" }, undefined],
    ["an empty header", { "retry-after": "" }, undefined],
    ["a word instead of milliseconds", { "x-amz-retry-after": "a" }, undefined],
  ])("reads %s from the headers", (_, headers, ms) => {
    expect(readRetryAfterMs(headers, NOON)).toBe(ms);
  });
});

describe("classifyFailure", () => {
  const at = { now: NOON };

  it.each(["ECONNRESET", "TRUNCATED", "EPIPE", "ECONNREFUSED", "ENOTFOUND"])(
    "reports that the request may have taken effect after %s only if it had begun to be sent",
    (code) => {
      const error = new WireError(code);

      expect(classifyFailure(error, { ...at, sent: true })).toEqual({
        mayHaveTakenEffect: true,
        retryReason: "transient",
      });
      expect(classifyFailure(error, { ...at, sent: false })).toEqual({
        mayHaveTakenEffect: false,
        retryReason: "transient",
      });
    },
  );

  it("gives no retry reason if the certificate is not trusted", () => {
    const { retryReason } = classifyFailure(new WireError("CERT_HAS_EXPIRED"), {
      ...at,
      sent: false,
    });

    expect(retryReason).toBeUndefined();
  });

  it("trusts an error response only if it has the error header of Lambda", () => {
    const body = Buffer.from("{}");
    const refused = (headers: Record<string, string>) =>
      classifyFailure(
        new AwsError("TooManyRequestsException", "", {
          statusCode: 429,
          headers,
          body,
        }),
        { ...at, sent: true },
      );

    const own = { "x-amzn-errortype": "TooManyRequestsException" };
    expect(refused(own)).toMatchObject({
      mayHaveTakenEffect: false,
      retryReason: "throttled",
    });
    expect(refused({})).toMatchObject({
      mayHaveTakenEffect: true,
      retryReason: "throttled",
    });
  });

  it("reports a clock difference from four minutes on, and only for errors that it can cause", () => {
    const skewOf = (code: string, minutes: number) =>
      classifyFailure(
        new AwsError(code, "", {
          statusCode: 403,
          headers: { date: new Date(NOON + minutes * 60_000).toUTCString() },
          body: Buffer.from("{}"),
        }),
        { ...at, sent: true },
      ).skewMs;

    expect(skewOf("InvalidSignatureException", 4)).toBe(240_000);
    expect(skewOf("InvalidSignatureException", -60)).toBe(-3_600_000);
    expect(skewOf("InvalidSignatureException", 3)).toBeUndefined();
    expect(skewOf("ResourceNotFoundException", 60)).toBeUndefined();
  });

  it.each([
    "Sat, 13 Sep 275760 00:00:00 GMT",
    "Fri, 31 Dec 9999 23:59:59 GMT",
    "Thu, 01 Jan 1970 00:00:00 GMT",
    "no date",
    "",
  ])("ignores the date %p of a server", (date) => {
    const error = new AwsError("InvalidSignatureException", "", {
      statusCode: 403,
      headers: { date },
      body: Buffer.from("{}"),
    });

    expect(
      classifyFailure(error, { ...at, sent: true }).skewMs,
    ).toBeUndefined();
  });

  it.each([undefined, "text", {}, new Error("anything")])(
    "decides by whether the request was sent if %p was thrown",
    (thrown) => {
      expect(classifyFailure(thrown, { ...at, sent: true })).toEqual({
        mayHaveTakenEffect: true,
      });
    },
  );
});

/** Compares the direct codecs of STS and Parameter Store with the AWS SDK: requests, responses and errors. */
import { GetParameterCommand } from "@aws-sdk/client-ssm";
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
} from "@aws-sdk/client-sts";
import * as fc from "fast-check";
import { directAction } from "../../src/engine/actions/directAction";
import { sendChainRequest } from "../../src/engine/actions/sendChainRequest";
import { Call } from "../../src/engine/call/Call";
import { sendRequest } from "../../src/engine/call/request";
import type { Codec } from "../../src/engine/codecs/Codec";
import { GET_PARAMETER_CODEC } from "../../src/engine/codecs/ssmCodecs";
import {
  ASSUME_ROLE_CODEC,
  ASSUME_ROLE_WITH_WEB_IDENTITY_CODEC,
  GET_CALLER_IDENTITY_CODEC,
} from "../../src/engine/codecs/stsCodecs";
import { Pool } from "../../src/engine/connection/Pool";
import type { Transport, WireRequest } from "../../src/engine/http/transport";
import { readConnection } from "../../src/engine/settings/Settings";
import { exampleCredentials } from "../connection";
import { FakeClock } from "../FakeClock";
import { connections, times } from "./arbitraries";
import type { SdkConnection } from "./RawSdk";
import { RawService } from "./RawService";
import {
  calculateServerSignature,
  readAuthorization,
  signWithSdk,
} from "./signatureVerifiers";

const RUNS = { numRuns: 300 };

/** Headers that differ, see requests.test.ts. */
const IGNORED =
  /^(user-agent|x-amz-user-agent|amz-sdk-.*|authorization|content-length)$/;

interface Kind {
  readonly service: "sts" | "ssm";
  readonly name: string;
  readonly codec: Codec<object, unknown>;
  readonly Command: new (input: never) => { readonly input: object };
  readonly inputs: fc.Arbitrary<object>;
}

const text = fc.string({ unit: "binary", maxLength: 60 });
const optional = <Fields extends object>(fields: {
  [Field in keyof Fields]: fc.Arbitrary<Fields[Field]>;
}) => fc.record(fields, { requiredKeys: [] });

const KINDS: readonly Kind[] = [
  {
    service: "sts",
    name: "AssumeRole",
    codec: ASSUME_ROLE_CODEC,
    Command: AssumeRoleCommand,
    inputs: optional({
      RoleArn: text,
      RoleSessionName: text,
      Policy: fc.json({ stringUnit: "grapheme" }),
      DurationSeconds: fc.integer(),
      Tags: fc.array(optional({ Key: text, Value: text }), { maxLength: 4 }),
      ExternalId: text,
      SourceIdentity: text,
    }),
  },
  {
    service: "sts",
    name: "AssumeRoleWithWebIdentity",
    codec: ASSUME_ROLE_WITH_WEB_IDENTITY_CODEC,
    Command: AssumeRoleWithWebIdentityCommand,
    inputs: optional({
      RoleArn: text,
      RoleSessionName: text,
      WebIdentityToken: text,
    }),
  },
  {
    service: "sts",
    name: "GetCallerIdentity",
    codec: GET_CALLER_IDENTITY_CODEC,
    Command: GetCallerIdentityCommand,
    inputs: fc.constant({}),
  },
  {
    service: "ssm",
    name: "GetParameter",
    codec: GET_PARAMETER_CODEC,
    Command: GetParameterCommand,
    inputs: optional({ Name: text, WithDecryption: fc.boolean() }),
  },
];

const kinds = KINDS.map((kind) => [kind.name, kind] as const);

/** Sends one request through the engine. */
async function sendDirectly(
  { service, name, codec }: Kind,
  input: object,
  { connection, now }: { connection: SdkConnection; now: number },
): Promise<WireRequest> {
  const requests: WireRequest[] = [];
  const clock = new FakeClock();
  clock.pass(now - clock.now());
  const transport: Transport = {
    send: (request) => {
      requests.push({ ...request, headers: request.headers });
      const body = Buffer.alloc(0);
      return Promise.resolve({ statusCode: 400, headers: {}, body });
    },
  };
  const settings = readConnection(connection, "Test");
  const pool = new Pool(sendChainRequest, { clock, transport });
  const call = new Call({
    operation: "Test",
    settings,
    shared: pool.for(settings),
    invokes: false,
    timeoutMs: 1_000,
  });
  await sendRequest(call, directAction({ service, name, codec }), {
    input,
  }).catch(() => undefined);
  call.end();
  const [request, ...others] = requests;
  if (!request || others.length > 0) throw new Error("expected one request");
  return request;
}

/** Copies the bytes: the SDK's own `Uint8Array` subclass logs a warning when it is converted to a string. */
function toBytes({ body = "" }: WireRequest): Buffer {
  return typeof body === "string"
    ? Buffer.from(body)
    : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}

const toComparable = (request: WireRequest): object => ({
  ...request,
  port: request.port,
  body: toBytes(request).toString(),
  headers: Object.fromEntries(
    Object.entries(request.headers).filter(([name]) => !IGNORED.test(name)),
  ),
});

describe("a request without the AWS SDK", () => {
  it.each(kinds)(
    "equals the SDK's for any input of %s, and has a valid signature",
    async (name, kind) => {
      await fc.assert(
        fc.asyncProperty(
          fc.record({
            input: kind.inputs,
            connection: connections,
            now: times,
          }),
          async ({ input, connection, now }) => {
            const request = await sendDirectly(kind, input, {
              connection,
              now,
            });
            const sdk = new RawService(kind.service, connection);
            const dateNow = jest.spyOn(Date, "now").mockReturnValue(now);
            await sdk.requestOf(new kind.Command(input as never));
            dateNow.mockRestore();
            const expected = sdk.requests[0] ?? fail();

            expect(toComparable(request)).toEqual(toComparable(expected));
            expect(request.headers["content-length"]).toBe(
              String(toBytes(request).byteLength),
            );
            if (name === "AssumeRoleWithWebIdentity") {
              expect(request.headers["authorization"]).toBeUndefined();
              return;
            }
            const { credentials } = connection;
            const { service } = kind;
            const { region } = readAuthorization(expected);
            const authorization = readAuthorization(request);
            expect(authorization).toMatchObject({ region, service });
            expect(authorization.signature).toBe(
              calculateServerSignature(request, credentials.secretAccessKey),
            );
            expect(request.headers["authorization"]).toBe(
              await signWithSdk(request, { region, service, credentials, now }),
            );
          },
        ),
        RUNS,
      );
    },
  );
});

const sdkConnection = { region: "eu-west-1", credentials: exampleCredentials };
const sts = new RawService("sts", sdkConnection);
const ssm = new RawService("ssm", sdkConnection);

const respond = (body: string, statusCode = 200, headers = {}) => ({
  statusCode,
  headers: { "x-amzn-requestid": "request-1", ...headers },
  body: Buffer.from(body),
});

/** Characters that XML allows, without those that the SDK decodes wrongly as numbers. */
const xmlText = fc
  .string({ unit: "binary", maxLength: 20 })
  .map((value) =>
    value.replace(/[^\t\n\r\u{20}-\u{fffd}\u{10000}-\u{10ffff}]/gu, " "),
  );

const escapeMarkup = (value: string): string =>
  value.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

const ENCODINGS: readonly ((value: string) => string)[] = [
  escapeMarkup,
  (value) =>
    escapeMarkup(value).replace(/[">']/g, (c) => `&#${c.charCodeAt(0)};`),
  (value) =>
    value.replace(
      /[^\ud800-\udfff]/g,
      (c) => `&#x${c.charCodeAt(0).toString(16)};`,
    ),
  (value) => `<![CDATA[${value.replaceAll("]]>", "")}]]>`,
  (value) => `<!-- < & > -->${escapeMarkup(value)}<!---->`,
  (value) => `${escapeMarkup(value)}<?a b?><![CDATA[<x>]]>&apos;&quot;`,
];

const encodedText = fc
  .tuple(
    fc.oneof(xmlText, fc.constantFrom("", " ", "\n", " \n\t", "a\r\nb")),
    fc.constantFrom(...ENCODINGS),
  )
  .map(([value, encode]) => encode(value));

const blanks = fc.constantFrom("", "\n  ", "<!-- c -->", " \t\r\n");

const element = (name: string, content: string): string =>
  content === "" ? `<${name} />` : `<${name}\n>${content}</${name} >`;

const timestamps = fc
  .tuple(
    fc.date({
      min: new Date("2000-01-01"),
      max: new Date("2090-01-01"),
      noInvalidDate: true,
    }),
    fc.constantFrom("Z", ".5Z", ".123456Z", "+01:00", "-11:30"),
  )
  .map(([date, zone]) => date.toISOString().slice(0, 19) + zone);

const sessions = fc
  .record({
    fields: optional({
      AccessKeyId: encodedText,
      SecretAccessKey: encodedText,
      SessionToken: encodedText,
      Expiration: timestamps,
      Other: encodedText,
    }),
    blank: blanks,
    start: fc.constantFrom("", '<?xml version="1.0"?>\n', "<!-- c -->"),
  })
  .map(({ fields, blank, start }) => {
    const credentials = Object.entries(fields).map(
      ([name, content]) => blank + element(name, content),
    );
    return `${start}<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/" a='>'>${blank}<AssumeRoleResult>${blank}<AssumedRoleUser><Arn>a</Arn></AssumedRoleUser><Credentials>${credentials.join("")}</Credentials>${blank}</AssumeRoleResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></AssumeRoleResponse>\n`;
  });

const withoutUndefined = (value: object | undefined): object =>
  Object.fromEntries(
    Object.entries(value ?? {}).filter(([, field]) => field !== undefined),
  );

describe("a response of STS", () => {
  it("is read as by the SDK, with any encoding of its text and any missing field", async () => {
    await fc.assert(
      fc.asyncProperty(sessions, async (xml) => {
        sts.response = respond(xml);
        const expected = await sts.send<{ Credentials?: object }>(
          new AssumeRoleCommand({ RoleArn: "a", RoleSessionName: "b" }),
        );

        const { Credentials } = ASSUME_ROLE_CODEC.decode(respond(xml));

        expect(withoutUndefined(Credentials)).toEqual(
          expected.Credentials ?? {},
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it("can contain references to characters outside the basic plane; the SDK reads others", () => {
    const xml = `<R><GetCallerIdentityResult><Arn>&#128512;&#x1F600;</Arn></GetCallerIdentityResult></R>`;

    expect(GET_CALLER_IDENTITY_CODEC.decode(respond(xml))).toEqual({
      Arn: "😀😀",
    });
  });

  it("can start with a byte order mark", () => {
    const xml =
      "\uFEFF<R><GetCallerIdentityResult><Arn>a</Arn></GetCallerIdentityResult></R>";

    expect(GET_CALLER_IDENTITY_CODEC.decode(respond(xml)).Arn).toBe("a");
  });

  const result = (content: string): string =>
    `<R><AssumeRoleResult>${content}</AssumeRoleResult></R>`;
  const credentials = (content: string): string =>
    result(`<Credentials>${content}</Credentials>`);

  it.each([
    ["nothing", ""],
    ["whitespace", " \n"],
    ["JSON", "{}"],
    ["text", "AssumeRoleResult"],
    ["a page", "<html><body><p>Sign in<br></body></html>"],
    ["another document", "<html><body>Sign in</body></html>"],
    ["the result of another action", "<R><GetCallerIdentityResult/></R>"],
    ["two results", "<R><AssumeRoleResult/><AssumeRoleResult/></R>"],
    ["the result as its root", "<AssumeRoleResult></AssumeRoleResult>"],
    ["text beside the result", `<R>text<AssumeRoleResult/></R>`],
    ["a part of the document", credentials("").slice(0, -1)],
    ["only start tags", "<R><AssumeRoleResult>"],
    ["an end tag too many", `${credentials("")}</R>`],
    ["something after the root", `${credentials("")}<R/>`],
    ["text after the root", `${credentials("")}x`],
    ["tags that do not match", "<R><AssumeRoleResult></R></AssumeRoleResult>"],
    ["a document type", `<!DOCTYPE R>${credentials("")}`],
    ["an unknown entity", credentials("<AccessKeyId>&x;</AccessKeyId>")],
    ["an ampersand", credentials("<AccessKeyId>a & b</AccessKeyId>")],
    ["NUL", credentials("<AccessKeyId>&#0;</AccessKeyId>")],
    ["a surrogate", credentials("<AccessKeyId>&#xd800;</AccessKeyId>")],
    [
      "a number above Unicode",
      credentials("<AccessKeyId>&#x110000;</AccessKeyId>"),
    ],
    [
      "a field twice",
      credentials("<AccessKeyId>a</AccessKeyId><AccessKeyId>b</AccessKeyId>"),
    ],
    [
      "a field with elements",
      credentials("<AccessKeyId><b>a</b></AccessKeyId>"),
    ],
    ["an invalid time", credentials("<Expiration>soon</Expiration>")],
    [
      "an impossible time",
      credentials("<Expiration>2026-13-01T00:00:00Z</Expiration>"),
    ],
    ["an attribute without quotes", "<R a=b><AssumeRoleResult/></R>"],
    ["a comment without end", "<R><!-- <AssumeRoleResult/></R>"],
    ["a section without end", "<R><![CDATA[<AssumeRoleResult/></R>"],
    ["deep nesting", "<a>".repeat(1_000) + "</a>".repeat(1_000)],
    ["262,144 bytes of <", "<".repeat(262_144)],
    ["262,144 bytes of whitespace in a tag", `<a${" ".repeat(262_140)}`],
    ["65,536 empty elements", `<R>${"<a/>".repeat(65_534)}</R>`],
    ["attributes without end", `<R ${'a="" '.repeat(52_000)}`],
  ])("that consists of %s is not in AWS's format", (_, body) => {
    expect(() => ASSUME_ROLE_CODEC.decode(respond(body))).toThrow(
      expect.objectContaining({
        name: "UnreadableBodyError",
        $metadata: { httpStatusCode: 200, requestId: "request-1" },
      }) as Error,
    );
  });

  it("without an ARN is no caller identity", () => {
    const body = "<R><GetCallerIdentityResult/></R>";

    expect(() => GET_CALLER_IDENTITY_CODEC.decode(respond(body))).toThrow(
      "the body is not in AWS's format",
    );
  });
});

/** The properties of errors that the engine reads. */
const toComparableError = (error: unknown): object => {
  const { name, message, $metadata } = error as Error & {
    $metadata: { httpStatusCode: number; requestId: string };
  };
  const { httpStatusCode, requestId } = $metadata;
  return { name, message, httpStatusCode, requestId };
};

const statuses = fc.constantFrom(400, 403, 404, 429, 500, 503);
const words = fc.stringMatching(/^[A-Za-z.]{1,20}$/);

describe("an error of STS", () => {
  const codes = fc.oneof(
    words,
    fc.constantFrom(
      "AccessDenied",
      "ExpiredToken",
      "ExpiredTokenException",
      "IDPCommunicationError",
      "IDPRejectedClaim",
      "InvalidClientTokenId",
      "InvalidIdentityToken",
      "MalformedPolicyDocument",
      "PackedPolicyTooLarge",
      "RegionDisabledException",
      "RequestExpired",
      "SignatureDoesNotMatch",
      "Throttling",
      "ValidationError",
    ),
  );

  it("is read as by the SDK", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ code: codes, message: encodedText, status: statuses }),
        async ({ code, message, status }) => {
          const response = respond(
            `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">\n  <Error>\n    <Type>Sender</Type>\n    <Code>${code}</Code>${element("Message", message)}</Error>\n  <RequestId>2</RequestId>\n</ErrorResponse>`,
            status,
          );
          sts.response = response;
          const expected = await sts
            .send(new GetCallerIdentityCommand({}))
            .catch(toComparableError);

          const error = ASSUME_ROLE_CODEC.toError(response);

          expect(toComparableError(error)).toEqual(expected);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it("has no code if there is no body", () => {
    expect(ASSUME_ROLE_CODEC.toError(respond("", 404))).toMatchObject({
      name: "Unknown",
      message: "UnknownError",
      $fault: "client",
    });
  });

  it.each([
    ["a page", "<html><body>Not found</body></html>"],
    ["JSON", '{"message":"Forbidden"}'],
    ["an error without a code", "<ErrorResponse><Error/></ErrorResponse>"],
    ["an empty code", "<R><Error><Code></Code></Error></R>"],
    ["two codes", "<R><Error><Code>a</Code><Code>b</Code></Error></R>"],
  ])("is unreadable if the body is %s", (_, body) => {
    expect(() => ASSUME_ROLE_CODEC.toError(respond(body, 404))).toThrow(
      expect.objectContaining({ name: "UnreadableBodyError" }) as Error,
    );
  });
});

describe("a response of Parameter Store", () => {
  const parameters = optional({
    Name: text,
    Value: fc.oneof(text, fc.constant(null)),
    Type: fc.constantFrom("String", "SecureString", null),
    Version: fc.nat(),
    ARN: text,
    LastModifiedDate: fc.double({ min: 0, max: 2e9, noNaN: true }),
  });

  it("is read as by the SDK, with any missing field", async () => {
    await fc.assert(
      fc.asyncProperty(parameters, async (parameter) => {
        const body = JSON.stringify({ Parameter: parameter });
        ssm.response = respond(body);
        const { Parameter } = await ssm.send<{
          Parameter: { Value?: string; Type?: string };
        }>(new GetParameterCommand({ Name: "x" }));

        expect(GET_PARAMETER_CODEC.decode(respond(body))).toEqual({
          Parameter: { Value: Parameter.Value, Type: Parameter.Type },
        });
      }),
      RUNS,
    );
  });

  it.each([
    ["nothing", ""],
    ["a page", "<html></html>"],
    ["no parameter", "{}"],
    ["null", "null"],
    ["a list", "[]"],
    ["a parameter that is text", '{"Parameter":"x"}'],
    ["a parameter that is null", '{"Parameter":null}'],
    ["a value that is a number", '{"Parameter":{"Value":42}}'],
    ["a part of the document", '{"Parameter":{"Value":"s3cret-value"'],
  ])("that consists of %s is not in AWS's format", (_, body) => {
    let error: unknown;
    try {
      GET_PARAMETER_CODEC.decode(respond(body));
    } catch (thrown) {
      error = thrown;
    }

    expect(error).toMatchObject({ name: "UnreadableBodyError" });
    // The value is a secret, and Node quotes JSON in its messages.
    expect(String((error as Error).cause)).not.toContain("s3cret");
  });
});

describe("an error of Parameter Store", () => {
  const codes = fc.oneof(
    words,
    words.map((code) => `com.amazonaws.ssm#${code}`),
    words.map((code) => `${code}:http://internal.amazon.com/x/`),
    fc.constantFrom("ParameterNotFound", "InvalidKeyId", "ThrottlingException"),
  );

  it("is read as by the SDK", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          type: fc.option(codes, { nil: undefined }),
          code: fc.option(codes, { nil: undefined }),
          header: fc.option(codes, { nil: undefined }),
          messages: optional({
            message: fc.string({ minLength: 1 }),
            Message: fc.string({ minLength: 1 }),
          }),
          status: statuses,
        }),
        async ({ type, code, header, messages, status }) => {
          const response = respond(
            JSON.stringify({ __type: type, code, ...messages }),
            status,
            header === undefined ? {} : { "x-amzn-errortype": header },
          );
          ssm.response = response;
          const expected = await ssm
            .send(new GetParameterCommand({ Name: "x" }))
            .catch(toComparableError);

          const error = GET_PARAMETER_CODEC.toError(response);

          expect(toComparableError(error)).toEqual(expected);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

function fail(): never {
  throw new Error("no request was sent");
}

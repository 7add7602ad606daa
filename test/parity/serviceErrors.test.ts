/** Compares the errors that the connector and the AWS SDK read from the same error response. */
import * as fc from "fast-check";
import { InvokeFunction, ListFunctions } from "../../operations";
import { Secrets } from "../../src/engine/text/Secrets";
import type { Call } from "../../src/engine/call/Call";
import { classifyFailure } from "../../src/engine/call/classifyFailure";
import { toCallersError } from "../../src/engine/call/toCallersError";
import { toConnectorError } from "../../src/engine/call/toConnectorError";
import type { AnyConnectorError } from "../../src/errors";
import { connection, exampleCredentials } from "../connection";
import { FakeClock } from "../FakeClock";
import { catchError } from "../catchError";
import { FixedTransport, readByNode, type RawResponse } from "./RawResponse";
import { RawSdk } from "./RawSdk";

/** Every error in Lambda's model for the two operations, and errors that every service can return. */
const CODES = [
  "InvalidParameterValueException",
  "InvalidRequestContentException",
  "ModeNotSupportedException",
  "NoPublishedVersionException",
  "RecursiveInvocationException",
  "SnapStartException",
  "ServiceQuotaExceededException",
  "EFSMountFailureException",
  "S3FilesMountFailureException",
  "ResourceNotFoundException",
  "EFSMountConnectivityException",
  "EFSMountTimeoutException",
  "S3FilesMountConnectivityException",
  "S3FilesMountTimeoutException",
  "SnapStartTimeoutException",
  "CodeArtifactUserDeletedException",
  "CodeArtifactUserFailedException",
  "CodeArtifactUserPendingException",
  "DurableExecutionAlreadyStartedException",
  "ResourceConflictException",
  "SnapStartNotReadyException",
  "SnapStartRegenerationFailureException",
  "EFSIOException",
  "RequestTooLargeException",
  "SerializedRequestEntityTooLargeException",
  "UnsupportedMediaTypeException",
  "TooManyRequestsException",
  "ServiceException",
  "EC2AccessDeniedException",
  "EC2ThrottledException",
  "EC2UnexpectedException",
  "ENILimitReachedException",
  "ENINotReadyException",
  "InvalidRuntimeException",
  "InvalidSecurityGroupIDException",
  "InvalidSubnetIDException",
  "InvalidZipFileException",
  "KMSAccessDeniedException",
  "KMSDisabledException",
  "KMSInvalidStateException",
  "KMSNotFoundException",
  "ResourceNotReadyException",
  "SubnetIPAddressLimitReachedException",
  "AccessDeniedException",
  "ValidationException",
  "ExpiredTokenException",
  "UnrecognizedClientException",
  "InvalidSignatureException",
  "IncompleteSignatureException",
  "MissingAuthenticationTokenException",
  "ThrottlingException",
  "ServiceUnavailableException",
  "RequestExpired",
  "RequestTimeout",
  "Forbidden",
  "constructor",
  "toString",
  "__proto__",
  "",
];

const codes = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...CODES) },
  { weight: 1, arbitrary: fc.string({ maxLength: 30 }) },
);

/** Codes with a namespace, a URL or further codes. */
const qualifiedCodes = fc.oneof(
  { weight: 4, arbitrary: codes },
  fc
    .tuple(codes, fc.constantFrom("com.amazonaws.lambda#", "a#b#", "#"))
    .map(([code, namespace]) => namespace + code),
  fc
    .tuple(
      codes,
      fc.constantFrom(
        ":http://internal.amazon.com/coral/com.amazon.coral.validate/",
        ":a:b",
        ",Other",
        ", ns#Other:http://x/,",
        ":",
      ),
    )
    .map(([code, rest]) => code + rest),
  codes.map((code) => `aws.protocoltests#${code}:http://x/#y,z`),
);

const messages = fc.oneof(
  fc.constantFrom(
    "Function not found: arn:aws:lambda:eu-central-1:1:function:x:$LATEST",
    "Rate Exceeded.",
    "two\nlines",
    "",
  ),
  fc.string({ unit: "grapheme" }),
  fc.string({ minLength: 900, maxLength: 1_200 }),
);

/** Further fields of a body. Some have the names of fields of an error. */
const otherFields = fc.dictionary(
  fc.constantFrom("Type", "Reason", "stack", "$fault", "$service", "x"),
  fc.oneof(fc.string(), fc.jsonValue()),
  { maxKeys: 3 },
);

const errorBodies = fc
  .record(
    {
      code: fc.oneof(qualifiedCodes, fc.nat(999)),
      Code: qualifiedCodes,
      CODE: qualifiedCodes,
      __type: qualifiedCodes,
      message: messages,
      Message: messages,
      otherFields,
    },
    { requiredKeys: ["otherFields"] },
  )
  .map(({ otherFields, ...error }) => ({ ...otherFields, ...error }));

const HTML_PAGE = "<html><body><h1>503 Service Unavailable</h1></body></html>";

const bodies = fc.oneof(
  { weight: 8, arbitrary: errorBodies.map((body) => JSON.stringify(body)) },
  { weight: 1, arbitrary: fc.jsonValue().map((body) => JSON.stringify(body)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "",
      " ",
      "null",
      "[]",
      '["code"]',
      '[{"code":"X"}]',
      "7",
      '"text"',
      "true",
      HTML_PAGE,
      "\ufeff{}",
      "{",
      '{"message":"a"}{}',
      "�",
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
);

const headers = fc
  .record(
    {
      type: fc.tuple(
        fc.constantFrom(
          "x-amzn-ErrorType",
          "x-amzn-errortype",
          "X-AMZN-ERRORTYPE",
        ),
        qualifiedCodes.map((text) => text.replace(/[^ -~]/g, "?")),
      ),
      repeated: fc.boolean(),
      id: fc.tuple(
        fc.constantFrom(
          "x-amzn-RequestId",
          "x-amzn-request-id",
          "X-Amz-Request-Id",
        ),
        fc.oneof(fc.uuid(), fc.constantFrom("", "two words", "a".repeat(200))),
      ),
      otherId: fc.constant(["x-amz-request-id", "other-1"]),
      contentType: fc.constantFrom(
        ["Content-Type", "application/json"],
        ["content-type", "text/html; charset=utf-8"],
        ["Content-Type", "application/x-amz-json-1.1"],
      ),
      retryAfter: fc.tuple(
        fc.constantFrom("Retry-After", "x-amz-retry-after"),
        fc.constantFrom("0", "1", "10", "60", "soon", "1.5", "-3", "1e3"),
      ),
    },
    { requiredKeys: [] },
  )
  .map(({ repeated, type, ...others }) => [
    ...Object.values(others).flat(),
    ...(type ? [...type, ...(repeated === true ? type : [])] : []),
  ]);

const STATUSES = [
  300, 301, 302, 304, 307, 400, 401, 402, 403, 404, 405, 407, 408, 409, 410,
  412, 413, 415, 418, 429, 431, 499, 500, 501, 502, 503, 504, 511, 529, 599,
];

const errorResponses: fc.Arbitrary<RawResponse> = fc.record({
  statusCode: fc.constantFrom(...STATUSES),
  rawHeaders: headers,
  body: fc.oneof(
    { weight: 20, arbitrary: bodies.map((text) => Buffer.from(text)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }) },
  ),
});

const sdk = new RawSdk({
  region: "eu-west-1",
  credentials: exampleCredentials,
});

const OPERATIONS = ["InvokeFunction", "ListFunctions"] as const;

type Name = (typeof OPERATIONS)[number];

/** Returns the connector's error for a response, and how often the request was sent. */
async function sendWithConnector(name: Name, raw: RawResponse) {
  const transport = new FixedTransport(raw);
  const hooks = { transport, clock: new FakeClock({ skips: 20_000 }) };
  const result =
    name === "InvokeFunction"
      ? new InvokeFunction(connection, hooks).execute({ functionName: "price" })
      : new ListFunctions(connection, hooks).page();
  return { error: await catchError(result), sent: transport.sent };
}

/** Returns the connector's error for the error that the AWS SDK throws for the same response. */
async function sendWithSdk(name: Name, raw: RawResponse) {
  sdk.response = readByNode(raw);
  const invokes = name === "InvokeFunction";
  const thrown: unknown = await (
    invokes ? sdk.invoke({ FunctionName: "price" }) : sdk.listFunctions({})
  ).then(
    () => undefined,
    (error: unknown) => error,
  );
  const outcome = classifyFailure(thrown, { sent: true, now: 0 });
  const execution = outcome.mayHaveTakenEffect ? "may-have-run" : "did-not-run";
  const retried =
    outcome.retryReason !== undefined &&
    // There are no other credentials to try.
    outcome.credentialsRejected !== true &&
    (outcome.retryAfterMs ?? 0) <= 20_000 &&
    !(invokes && outcome.mayHaveTakenEffect);
  const call = {
    operation: name,
    execution: invokes ? execution : undefined,
    functionName: invokes ? "price" : undefined,
    invokes,
    attempts: retried ? 3 : 1,
    answered: true,
    reason: undefined,
    secrets: new Secrets(),
    shared: { clock: new FakeClock() },
  } as unknown as Call;
  return {
    thrown,
    error: toCallersError(toConnectorError(thrown, call), call.functionName),
    sent: retried ? 3 : 1,
  };
}

/** Returns everything that a caller can read from an error, except its cause and stack. */
function toComparable(error: AnyConnectorError) {
  const className = error.constructor.name;
  return { ...error.toJSON(), cause: undefined, stack: undefined, className };
}

describe("error response", () => {
  it.each(OPERATIONS)(
    "to %s gives the same error as with the AWS SDK, and is retried as often",
    async (name) => {
      await fc.assert(
        fc.asyncProperty(errorResponses, async (raw) => {
          const [byConnector, bySdk] = [
            await sendWithConnector(name, raw),
            await sendWithSdk(name, raw),
          ];

          expect(toComparable(byConnector.error)).toEqual(
            toComparable(bySdk.error),
          );
          expect(byConnector.sent).toBe(bySdk.sent);
        }),
        { numRuns: 1_200 },
      );
    },
  );

  it.each<[string, unknown]>([
    ["null", { code: null }],
    ["true", { code: true }],
    ["an object", { code: { code: "x" } }],
    ["null in __type", { __type: null }],
  ])(
    "is read without a code if its code is %s; the AWS SDK cannot read it",
    async (_, body) => {
      const byConnector = await sendWithConnector(
        "ListFunctions",
        toErrorResponse(body),
      );
      const bySdk = await sendWithSdk("ListFunctions", toErrorResponse(body));

      expect(byConnector.error).toMatchObject({
        code: "ERR_SERVICE",
        serviceCode: "Unknown",
        message: "ListFunctions: AWS returned Unknown (400). no.",
      });
      expect(bySdk.thrown).toBeInstanceOf(TypeError);
    },
  );

  it("does not use the member name of its body as the code, unlike the AWS SDK", async () => {
    const raw = toErrorResponse({ code: "", name: "AccessDeniedException" });

    const byConnector = await sendWithConnector("InvokeFunction", raw);
    const bySdk = await sendWithSdk("InvokeFunction", raw);

    expect(byConnector.error).toMatchObject({ serviceCode: "Unknown" });
    expect(bySdk.error).toMatchObject({
      serviceCode: "AccessDeniedException",
    });
  });

  it.each(["constructor", "toString", "hasOwnProperty", "__proto__"])(
    "has no advice for the code %s",
    async (code) => {
      const { error } = await sendWithConnector(
        "InvokeFunction",
        toErrorResponse({ code }),
      );

      expect(error.message).toBe(
        `InvokeFunction: AWS returned ${code} (400) for the function price. no. Check the function's log before you send the request again, unless running the function twice is harmless (idempotent: true).`,
      );
    },
  );

  it("is read completely up to 262,144 bytes, with a shortened message", async () => {
    const message = "a".repeat(262_000);
    const raw = toErrorResponse(
      { message, __type: "ns#ServiceException" },
      500,
    );

    const { error } = await sendWithConnector("ListFunctions", raw);

    expect(error).toMatchObject({ serviceCode: "ServiceException" });
    expect(error.message.length).toBeLessThan(1_200);
  });
});

function toErrorResponse(body: unknown, statusCode = 400): RawResponse {
  const text = JSON.stringify({ message: "no", ...(body as object) });
  return { statusCode, rawHeaders: [], body: Buffer.from(text) };
}

/** The same refusal: whatever AWS, or somebody in its place, refuses with, a caller is told the same as through the AWS SDK. */
import * as fc from "fast-check";
import { InvokeFunction, ListFunctions } from "../../operations";
import { Secrets } from "../../src/engine/text/Secrets";
import type { Call } from "../../src/engine/call/Call";
import { classifyFailure } from "../../src/engine/call/classifyFailure";
import { toConnectorError } from "../../src/engine/call/toConnectorError";
import type { AnyConnectorError } from "../../src/errors";
import { connection, keys } from "../connection";
import { FakeClock } from "../FakeClock";
import { thrownBy } from "../thrownBy";
import { FixedTransport, readByNode, type RawResponse } from "./RawResponse";
import { RawSdk } from "./RawSdk";

/** Every error that Lambda's model knows for the two operations, and the others that stand before every service. */
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

/** How a code may be written around: a namespace, a link, a list. */
const spellings = fc.oneof(
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

const words = fc.oneof(
  fc.constantFrom(
    "Function not found: arn:aws:lambda:eu-central-1:1:function:x:$LATEST",
    "Rate Exceeded.",
    "two\nlines",
    "",
  ),
  fc.string({ unit: "grapheme" }),
  fc.string({ minLength: 900, maxLength: 1_200 }),
);

/** What may stand in a body beside code and message; some of it under the names of an error's own fields. */
const others = fc.dictionary(
  fc.constantFrom("Type", "Reason", "stack", "$fault", "$service", "x"),
  fc.oneof(fc.string(), fc.jsonValue()),
  { maxKeys: 3 },
);

const refusals = fc
  .record(
    {
      code: fc.oneof(spellings, fc.nat(999)),
      Code: spellings,
      CODE: spellings,
      __type: spellings,
      message: words,
      Message: words,
      others,
    },
    { requiredKeys: ["others"] },
  )
  .map(({ others: beside, ...told }) => ({ ...beside, ...told }));

const PAGE = "<html><body><h1>503 Service Unavailable</h1></body></html>";

const bodies = fc.oneof(
  { weight: 8, arbitrary: refusals.map((body) => JSON.stringify(body)) },
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
      PAGE,
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
        spellings.map((text) => text.replace(/[^ -~]/g, "?")),
      ),
      twice: fc.boolean(),
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
  .map(({ twice, type, ...lines }) => [
    ...Object.values(lines).flat(),
    ...(type ? [...type, ...(twice === true ? type : [])] : []),
  ]);

const STATUSES = [
  300, 301, 302, 304, 307, 400, 401, 402, 403, 404, 405, 407, 408, 409, 410,
  412, 413, 415, 418, 429, 431, 499, 500, 501, 502, 503, 504, 511, 529, 599,
];

const raws: fc.Arbitrary<RawResponse> = fc.record({
  statusCode: fc.constantFrom(...STATUSES),
  rawHeaders: headers,
  body: fc.oneof(
    { weight: 20, arbitrary: bodies.map((text) => Buffer.from(text)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }) },
  ),
});

const sdk = new RawSdk({ region: "eu-west-1", credentials: keys });

const OPERATIONS = ["InvokeFunction", "ListFunctions"] as const;

type Name = (typeof OPERATIONS)[number];

/** What our own hand makes of a refusal, and how often it was asked for. */
async function byUs(name: Name, raw: RawResponse) {
  const transport = new FixedTransport(raw);
  const seams = { transport, clock: new FakeClock({ skips: 20_000 }) };
  const work =
    name === "InvokeFunction"
      ? new InvokeFunction(connection, seams).execute({ functionName: "price" })
      : new ListFunctions(connection, seams).page();
  return { error: await thrownBy(work), sent: transport.sent };
}

/** What the same engine would make of the AWS SDK's error for it. */
async function bySdk(name: Name, raw: RawResponse) {
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
  const call = {
    operation: name,
    execution: invokes ? execution : undefined,
    answered: true,
    reason: undefined,
    secrets: new Secrets(),
    shared: { clock: new FakeClock() },
  } as unknown as Call;
  const again =
    outcome.retryReason !== undefined &&
    // Nobody has other keys to try.
    outcome.credentialsRejected !== true &&
    (outcome.retryAfterMs ?? 0) <= 20_000 &&
    !(invokes && outcome.mayHaveTakenEffect);
  return { thrown, error: toConnectorError(thrown, call), sent: again ? 3 : 1 };
}

/** Everything that a caller may read of an error, but for its cause and its trace. */
function readable(error: AnyConnectorError) {
  const isA = error.constructor.name;
  return { ...error.toJSON(), cause: undefined, stack: undefined, isA };
}

describe("A refusal", () => {
  it.each(OPERATIONS)(
    "of %s is told with the class, code, words, id, status and advice that the AWS SDK's error leads to, and tried again as often",
    async (name) => {
      await fc.assert(
        fc.asyncProperty(raws, async (raw) => {
          const [ours, theirs] = [
            await byUs(name, raw),
            await bySdk(name, raw),
          ];

          expect(readable(ours.error)).toEqual(readable(theirs.error));
          expect(ours.sent).toBe(theirs.sent);
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
    "whose code is %s is a refusal without a code, where the AWS SDK fails to read it",
    async (_, body) => {
      const ours = await byUs("ListFunctions", refusal(body));
      const theirs = await bySdk("ListFunctions", refusal(body));

      expect(ours.error).toMatchObject({
        code: "ERR_SERVICE",
        serviceCode: "Unknown",
        message: "ListFunctions: AWS returned Unknown (400): no.",
      });
      expect(theirs.thrown).toBeInstanceOf(TypeError);
    },
  );

  it("cannot name itself by a member of its body, as with the AWS SDK it can", async () => {
    const raw = refusal({ code: "", name: "AccessDeniedException" });

    const ours = await byUs("InvokeFunction", raw);
    const theirs = await bySdk("InvokeFunction", raw);

    expect(ours.error).toMatchObject({ serviceCode: "Unknown" });
    expect(theirs.error).toMatchObject({
      serviceCode: "AccessDeniedException",
    });
  });

  it.each(["constructor", "toString", "hasOwnProperty", "__proto__"])(
    "with the code %s has no advice",
    async (code) => {
      const { error } = await byUs("InvokeFunction", refusal({ code }));

      expect(error.message).toBe(
        `InvokeFunction: AWS returned ${code} (400): no. Check the function's log before you send the request again, unless running the function twice is harmless (idempotent: true).`,
      );
    },
  );

  it("of any size is read to its end", async () => {
    const message = "a".repeat(2_000_000);
    const raw = refusal({ message, __type: "ns#ServiceException" }, 500);

    const { error } = await byUs("ListFunctions", raw);

    expect(error).toMatchObject({ serviceCode: "ServiceException" });
    expect(error.message.length).toBeLessThan(1_200);
  });
});

function refusal(body: unknown, statusCode = 400): RawResponse {
  const text = JSON.stringify({ message: "no", ...(body as object) });
  return { statusCode, rawHeaders: [], body: Buffer.from(text) };
}

/** Arbitrary requests, connections and times. */
import * as fc from "fast-check";
import { FUNCTION_NAME } from "../../domain/Function";
import { AWS_Region } from "../../domain";
import { exampleCredentials } from "../connection";
import type { SdkConnection } from "./RawSdk";

const UNKNOWN_REGIONS = [
  "eu-north-9",
  "mx-south-2",
  "us-gov-north-1",
  "cn-south-7",
  "eusc-de-west-2",
  "us-iso-north-1",
  "us-isob-north-3",
  "eu-isoe-north-1",
  "us-isof-north-1",
  "xx-moon-1",
  "eusc-fr-east-1",
  "abcd-one-two-three-12",
];

export const regions = [...Object.values(AWS_Region), ...UNKNOWN_REGIONS];

const stringOf = (characters: string, maxLength: number, minLength = 1) =>
  fc.string({
    unit: fc.constantFrom(...Array.from(characters)),
    minLength,
    maxLength,
  });

const WORD = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

const qualifiers = fc.oneof(
  fc.constantFrom("$LATEST", "$LATEST.PUBLISHED", "1", "live"),
  stringOf(WORD, 128),
);

const accounts = stringOf("0123456789", 12, 12);

const partitions = fc.constantFrom(
  "aws",
  "aws-cn",
  "aws-us-gov",
  "aws-eusc",
  "aws-iso",
  "aws-iso-b",
  "aws-iso-e",
  "aws-iso-f",
);

const arnRegions = fc.constantFrom(
  ...regions.filter(
    (region) =>
      FUNCTION_NAME.test(`arn:aws:lambda:${region}:1:x`) ||
      FUNCTION_NAME.test(`arn:aws:lambda:${region}:123456789012:x`),
  ),
);

/** Function names in each of AWS's forms, including dots and lengths up to 256. */
export const functionNames = fc
  .tuple(
    fc.oneof(
      fc.constant(""),
      fc.constant("function:"),
      accounts.map((account) => `${account}:function:`),
      fc
        .tuple(partitions, arnRegions, accounts)
        .map(
          (parts) => `arn:${parts[0]}:lambda:${parts[1]}:${parts[2]}:function:`,
        ),
    ),
    fc.oneof(stringOf(`${WORD}.`, 64), stringOf(`${WORD}.`, 200, 65)),
    fc.oneof(
      fc.constant(""),
      qualifiers.map((qualifier) => `:${qualifier}`),
    ),
  )
  .map((parts) => parts.join(""))
  .filter(
    (name) =>
      name.length <= 256 &&
      FUNCTION_NAME.test(name) &&
      !/^\.{1,2}(:|$)/.test(name),
  );

/** The payload fields of a request, and the bytes that must be sent for them. */
interface PayloadCase {
  readonly payload?: unknown;
  readonly payloadJson?: string;
  readonly sent?: Uint8Array;
}

const payloads: fc.Arbitrary<PayloadCase> = fc.oneof<
  fc.Arbitrary<PayloadCase>[]
>(
  fc.constant({}),
  fc.jsonValue({ stringUnit: "binary" }).map((payload) => ({
    payload,
    sent: Buffer.from(JSON.stringify(payload)),
  })),
  fc
    .jsonValue({ stringUnit: "grapheme" })
    .map((value) => JSON.stringify(value, null, 1))
    .map((payloadJson) => ({ payloadJson, sent: Buffer.from(payloadJson) })),
  fc.constant({ payloadJson: "" }),
  fc
    .uint8Array({ maxLength: 2_000 })
    .map((payload) => ({ payload, sent: payload })),
  // A view of a larger buffer; the rest of the buffer must not be sent.
  fc
    .tuple(
      fc.uint8Array({ minLength: 20, maxLength: 60 }),
      fc.nat(9),
      fc.nat(9),
    )
    .map(([bytes, start, length]) => bytes.subarray(start, start + length))
    .map((payload) => ({ payload, sent: payload })),
);

const contexts = fc
  .dictionary(fc.string(), fc.jsonValue({ stringUnit: "grapheme" }), {
    maxKeys: 4,
  })
  .filter((context) => JSON.stringify(context).length < 800);

const tenants = fc.oneof(
  stringOf(`${WORD}._:/=+@ `, 256).filter((id) => id === id.trim()),
  fc.constantFrom("a  b", "a   b", "a b/c=d+e@f:g.h_i-j"),
);

/** Invocations as a caller passes them; `payloadCase` has the payload fields and the bytes to send. */
export const invocations = fc.record(
  {
    functionName: functionNames,
    qualifier: qualifiers,
    invocationType: fc.constantFrom("RequestResponse", "Event", "DryRun"),
    logType: fc.constantFrom("None", "Tail"),
    clientContext: contexts,
    tenantId: tenants,
    durableExecutionName: stringOf(WORD, 64),
    payloadCase: payloads,
  },
  { requiredKeys: ["functionName", "payloadCase"] },
);

/** Requests for a page of functions. The markers contain characters that must be encoded in a URL. */
export const listRequests = fc.record(
  {
    functionVersion: fc.constant("ALL"),
    masterRegion: fc.constantFrom(
      "ALL",
      ...regions.filter((region) =>
        /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(region),
      ),
    ),
    marker: fc
      .oneof(
        stringOf("+/=%&?# \"<>'()*!~.;,:@$[]{}|^`\\", 40),
        fc.string({ unit: "binary", minLength: 1, maxLength: 40 }),
        fc.base64String({ minLength: 4, maxLength: 400 }),
      )
      .filter((marker) => !/\p{Surrogate}/u.test(marker)),
    maxItems: fc.integer({ min: 1, max: 10_000 }),
  },
  { requiredKeys: [] },
);

const sessionTokens = fc.base64String({ minLength: 4, maxLength: 200 });

const credentials = fc.oneof(
  fc.constant(exampleCredentials),
  sessionTokens.map((sessionToken) => ({
    ...exampleCredentials,
    sessionToken,
  })),
  fc
    .tuple(stringOf(WORD, 20, 16), stringOf(`${WORD}+/=`, 40, 8))
    .map(([accessKeyId, secretAccessKey]) => ({
      accessKeyId,
      secretAccessKey,
    })),
);

const awsConnections = fc.record(
  {
    region: fc.constantFrom(...regions),
    credentials,
    useFips: fc.boolean(),
    useDualStack: fc.boolean(),
  },
  { requiredKeys: ["region", "credentials"] },
);

const hosts = fc.constantFrom(
  "localhost",
  "127.0.0.1",
  "[::1]",
  "[2001:db8::7]",
  "gw.example.com",
  "xn--bcher-kva.example",
  "GW.Example",
);

const ports = fc.oneof(
  fc.constantFrom("", ":80", ":443", ":8080"),
  fc.integer({ min: 1, max: 65_535 }).map((port) => `:${port}`),
);

/** The path of a custom endpoint, with all characters that a URL accepts. */
const basePaths = fc
  .array(
    fc.oneof(
      stringOf(
        "abcXYZ019-._~!$&'()*+,;=:@%20[]|^\"<>` {}é€😀".replace("%20", ""),
        8,
      ),
      fc.constantFrom("", ".", "..", "a%20b", "a%2Fb", "%7E", "price-list"),
    ),
    { maxLength: 4 },
  )
  .map((segments) => segments.map((segment) => `/${segment}`).join(""))
  .filter((path) => URL.canParse(`http://localhost${path}`));

/** Custom endpoints without a trailing slash. Those with one have their own test, because the AWS SDK joins them differently. */
export const customEndpoints = fc
  .tuple(fc.constantFrom("http", "https"), hosts, ports, basePaths)
  .map(([protocol, host, port, path]) => `${protocol}://${host}${port}${path}`)
  .filter((url) => !/.\/$/.test(new URL(url).pathname));

const customConnections = fc.record({
  region: fc.constantFrom(...regions),
  credentials,
  endpoint: customEndpoints,
});

/** Connections to AWS's endpoints in every partition, and to custom endpoints. */
export const connections: fc.Arbitrary<SdkConnection> = fc.oneof(
  awsConnections,
  customConnections,
);

/** Times in ms since 1970. */
export const times = fc
  .date({
    min: new Date("2015-01-01"),
    max: new Date("2060-01-01"),
    noInvalidDate: true,
  })
  .map((date) => date.getTime());

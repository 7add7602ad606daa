import * as fc from "fast-check";
import {
  sign,
  type SigningParameters,
} from "../../../../src/engine/http/signature";
import {
  signWithSdk,
  readAuthorization,
  calculateServerSignature,
} from "../../../parity/signatureVerifiers";

const SUITE_CREDENTIALS = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};

/** The signing parameters of every vector of AWS's test suite. */
const SUITE: SigningParameters = {
  credentials: SUITE_CREDENTIALS,
  service: "service",
  region: "us-east-1",
  now: Date.UTC(2015, 7, 30, 12, 36),
};

const HOST = { host: "example.amazonaws.com" };
const UNRESERVED =
  "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const STS_TOKEN =
  "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==";

interface Vector {
  readonly name: string;
  readonly method?: "GET" | "POST";
  readonly path?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly sessionToken?: string;
  /** The published signature of `headers`, `host` and `x-amz-date`. */
  readonly published: string;
}

/**
 * Source: AWS's Signature Version 4 test suite in awslabs/aws-c-auth, folder tests/aws-signing-test-suite/v4. Contains the
 * vectors whose requests can be sent, with one value per header.
 */
const VECTORS: readonly Vector[] = [
  {
    name: "get-vanilla",
    published:
      "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
  },
  {
    name: "get-vanilla-query-order-key-case",
    query: "Param1=value1&Param2=value2",
    published:
      "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
  },
  {
    name: "get-vanilla-query-order-encoded",
    query: "%E1%88%B4=Value1&Param=Value2&Param-3=Value3",
    published:
      "371d3713e185cc334048618a97f809c9ffe339c62934c032af5a0e595648fcac",
  },
  {
    name: "get-unreserved",
    path: UNRESERVED,
    published:
      "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f",
  },
  {
    name: "get-utf8",
    path: "/\u1234",
    published:
      "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85",
  },
  {
    name: "get-space-normalized",
    path: "/example space/",
    published:
      "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741",
  },
  {
    name: "get-slashes-normalized",
    path: "//example//",
    published:
      "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84",
  },
  {
    name: "get-relative-normalized",
    path: "/example/..",
    published:
      "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
  },
  {
    name: "get-slash-dot-slash-normalized",
    path: "/./",
    published:
      "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
  },
  {
    name: "get-header-value-trim",
    headers: { "my-header1": " value1", "my-header2": ' "a   b   c"' },
    published:
      "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736",
  },
  {
    name: "post-vanilla",
    method: "POST",
    published:
      "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
  },
  {
    name: "post-vanilla-query",
    method: "POST",
    query: "Param1=value1",
    published:
      "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11",
  },
  {
    name: "post-header-key-sort",
    method: "POST",
    headers: { "my-header1": "value1" },
    published:
      "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c",
  },
  {
    name: "post-header-value-case",
    method: "POST",
    headers: { "my-header1": "VALUE1" },
    published:
      "cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d",
  },
  {
    name: "get-vanilla-with-session-token",
    sessionToken:
      "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267",
    published:
      "07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8",
  },
  {
    name: "post-sts-header-before",
    method: "POST",
    sessionToken: STS_TOKEN,
    published:
      "85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead",
  },
];

function toWireRequest(
  request: Parameters<typeof sign>[0],
  headers: Record<string, string>,
) {
  const { method, path, query, body } = request;
  return {
    method,
    protocol: "https:" as const,
    hostname: "example.amazonaws.com",
    path: query === "" ? path : `${path}?${query}`,
    headers,
    body,
  };
}

function readSignature(headers: Record<string, string>): string {
  return /Signature=(\w+)$/.exec(headers["authorization"] ?? "")?.[1] ?? "";
}

describe("sign", () => {
  it.each(VECTORS)(
    "signs AWS's vector $name with a signature that a verifier accepts, which also accepts the published one",
    ({ method = "GET", path = "/", query = "", headers, ...vector }) => {
      const { sessionToken, published } = vector;
      const request = {
        method,
        path,
        query,
        headers: { ...HOST, ...headers },
      };
      const publishedHeaders: Record<string, string> = {
        ...request.headers,
        "x-amz-date": "20150830T123600Z",
        ...(sessionToken !== undefined && {
          "x-amz-security-token": sessionToken,
        }),
      };
      const names = Object.keys(publishedHeaders).sort().join(";");
      publishedHeaders["authorization"] =
        `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=${names}, Signature=${published}`;
      const credentials = { ...SUITE_CREDENTIALS, sessionToken };

      const signed = sign(request, { ...SUITE, credentials });

      const secret = SUITE_CREDENTIALS.secretAccessKey;
      expect(
        calculateServerSignature(
          toWireRequest(request, publishedHeaders),
          secret,
        ),
      ).toBe(published);
      expect(
        calculateServerSignature(toWireRequest(request, signed), secret),
      ).toBe(readSignature(signed));
      expect(
        readAuthorization(toWireRequest(request, signed)).signedHeaders,
      ).toEqual([...names.split(";"), "x-amz-content-sha256"].sort());
    },
  );

  it("returns the published signature of AWS's vector post-x-www-form-urlencoded, which also signs the hash of the body", () => {
    const headers = sign(
      {
        method: "POST",
        path: "/",
        query: "",
        headers: {
          ...HOST,
          "content-length": "13",
          "content-type": "application/x-www-form-urlencoded",
        },
        body: Buffer.from("Param1=value1"),
      },
      SUITE,
    );

    expect(headers["authorization"]).toBe(
      "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=content-length;content-type;host;x-amz-content-sha256;x-amz-date, Signature=d3875051da38690788ef43de4db0d8f280229d82040bfac253562e56c3f20e0b",
    );
  });

  // Source: "Authenticating Requests: Using the Authorization Header" in the Amazon S3 API reference.
  it.each([
    {
      name: "GET Object",
      path: "/test.txt",
      query: "",
      headers: { range: "bytes=0-9" },
      published:
        "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
    },
    {
      name: "GET Bucket Lifecycle",
      path: "/",
      query: "lifecycle=",
      headers: {},
      published:
        "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
    },
    {
      name: "Get Bucket (List Objects)",
      path: "/",
      query: "max-keys=2&prefix=J",
      headers: {},
      published:
        "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
    },
  ])(
    "returns the published signature of AWS's example $name, which also signs the hash of the body",
    ({ path, query, headers, published }) => {
      const signed = sign(
        {
          method: "GET",
          path,
          query,
          headers: { host: "examplebucket.s3.amazonaws.com", ...headers },
        },
        {
          credentials: {
            accessKeyId: "AKIAIOSFODNN7EXAMPLE",
            secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
          },
          service: "s3",
          region: "us-east-1",
          now: Date.UTC(2013, 4, 24),
        },
      );

      expect(readSignature(signed)).toBe(published);
    },
  );

  it("signs any path, query, headers and body with a signature that both verifiers accept", async () => {
    const segment = fc.string({ unit: "grapheme", maxLength: 12 });
    const headerValue = fc.string({
      unit: fc.constantFrom(...Array.from("abcXYZ019-_.~/=+@: ,;")),
      maxLength: 20,
    });
    const encode = (text: string): string =>
      encodeURIComponent(text).replace(
        /[!'()*]/g,
        (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
      );
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          method: fc.constantFrom("GET", "POST"),
          segments: fc.array(segment, { maxLength: 4 }),
          suffix: fc.constantFrom(
            "",
            "/",
            "//",
            "/./",
            "/../a",
            "/.",
            "/..",
            "/!'()*;=@$&+,:",
          ),
          query: fc.dictionary(
            fc.string({
              unit: fc.constantFrom(...Array.from("abAB09-_.~")),
              minLength: 1,
            }),
            segment,
            { maxKeys: 4 },
          ),
          headers: fc.dictionary(
            fc.constantFrom("x-amz-a", "x-amz-b"),
            headerValue,
          ),
          body: fc.option(fc.uint8Array({ maxLength: 40 }), { nil: undefined }),
          sessionToken: fc.option(fc.base64String({ minLength: 4 }), {
            nil: undefined,
          }),
          now: fc.date({
            min: new Date("2000-01-01"),
            max: new Date("2099-01-01"),
            noInvalidDate: true,
          }),
        }),
        async ({ segments, suffix, query, now, sessionToken, ...rest }) => {
          const pairs = Object.keys(query)
            .sort()
            .map((name) => `${name}=${encode(query[name] ?? "")}`);
          const request = {
            ...rest,
            headers: { ...HOST, ...rest.headers },
            path: `/${segments.map(encode).join("/")}${suffix}`,
            query: pairs.join("&"),
          };
          const credentials = { ...SUITE_CREDENTIALS, sessionToken };
          const parameters = { ...SUITE, credentials, now: now.getTime() };

          const signed = sign(request, parameters);

          const wire = toWireRequest(request, signed);
          expect(readSignature(signed)).toBe(
            calculateServerSignature(wire, credentials.secretAccessKey),
          );
          expect(signed["authorization"]).toBe(
            await signWithSdk(wire, {
              ...SUITE,
              credentials,
              now: now.getTime(),
            }),
          );
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("returns a signature that both verifiers reject if any signed part of the request changes", async () => {
    const request = {
      method: "POST",
      path: "/2015-03-31/functions/price/invocations",
      query: "Qualifier=7",
      headers: HOST,
      body: Buffer.from("{}"),
    };
    const wire = toWireRequest(request, sign(request, SUITE));
    const signature = readSignature({ ...wire.headers });
    const parameters = { ...SUITE, credentials: SUITE_CREDENTIALS };

    const changedRequests = [
      { ...wire, method: "GET" },
      { ...wire, path: wire.path.replace("price", "Price") },
      { ...wire, path: wire.path.replace("=7", "=8") },
      { ...wire, headers: { ...wire.headers, host: "example.amazonaws.co" } },
    ];

    for (const changed of changedRequests) {
      expect(
        calculateServerSignature(changed, SUITE_CREDENTIALS.secretAccessKey),
      ).not.toBe(signature);
      expect(await signWithSdk(changed, parameters)).not.toContain(signature);
    }
    expect(
      calculateServerSignature(
        { ...wire, body: Buffer.from("[]") },
        SUITE_CREDENTIALS.secretAccessKey,
      ),
    ).not.toBe(signature);
  });

  describe("signing key cache", () => {
    const request = { method: "GET", path: "/", query: "", headers: HOST };
    const isAccepted = (parameters: SigningParameters): boolean => {
      const headers = sign(request, parameters);
      const wire = toWireRequest(request, headers);
      const { date, region, service, accessKeyId } = readAuthorization(wire);
      const day = new Date(parameters.now).toISOString().slice(0, 10);
      expect({ date, region, service, accessKeyId }).toEqual({
        date: day.replaceAll("-", ""),
        region: parameters.region,
        service: parameters.service,
        accessKeyId: parameters.credentials.accessKeyId,
      });
      const { secretAccessKey } = parameters.credentials;
      return (
        calculateServerSignature(wire, secretAccessKey) ===
        readSignature(headers)
      );
    };

    it("uses a new key on the next day in UTC", () => {
      const lastSecond = Date.UTC(2026, 10, 20, 23, 59, 59, 999);

      expect(isAccepted({ ...SUITE, now: lastSecond })).toBe(true);
      expect(isAccepted({ ...SUITE, now: lastSecond + 1 })).toBe(true);
      expect(isAccepted({ ...SUITE, now: lastSecond })).toBe(true);
    });

    it("uses different keys for credentials with the same access key ID", () => {
      const otherCredentials = {
        ...SUITE_CREDENTIALS,
        secretAccessKey: "another",
      };

      expect(isAccepted(SUITE)).toBe(true);
      expect(isAccepted({ ...SUITE, credentials: otherCredentials })).toBe(
        true,
      );
      expect(isAccepted(SUITE)).toBe(true);
    });

    it("uses different keys per region and service", () => {
      expect(isAccepted(SUITE)).toBe(true);
      expect(isAccepted({ ...SUITE, region: "eu-central-1" })).toBe(true);
      expect(isAccepted({ ...SUITE, service: "lambda" })).toBe(true);
      expect(isAccepted(SUITE)).toBe(true);
    });

    it("signs correctly for more regions than it keeps, in any order", () => {
      const regions = Array.from(
        { length: 120 },
        (_, index) => `eu-west-${index}`,
      );

      for (const region of [...regions, ...regions.reverse()])
        expect(isAccepted({ ...SUITE, region })).toBe(true);
    });
  });
});

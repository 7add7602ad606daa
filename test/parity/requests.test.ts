/** Compares the requests of the direct codecs with those of the AWS SDK. */
import * as fc from "fast-check";
import { InvokeFunction, ListFunctions } from "../../operations";
import type { Transport, WireRequest } from "../../src/engine/http/transport";
import { exampleCredentials } from "../connection";
import { FakeClock } from "../FakeClock";
import { catchError } from "../catchError";
import {
  times,
  invocations,
  customEndpoints,
  listRequests,
  connections,
} from "./arbitraries";
import { RawSdk, type SdkConnection } from "./RawSdk";
import {
  signWithSdk,
  readAuthorization,
  calculateServerSignature,
} from "./signatureVerifiers";

/** Headers that are not compared, each with the reason. */
const IGNORED_HEADERS: Readonly<Record<string, string>> = {
  "user-agent": "identifies the client; the connector sends its own name",
  "x-amz-user-agent": "replaces user-agent in browsers",
  "amz-sdk-invocation-id": "a random ID; its format is checked below",
  "amz-sdk-request":
    "contains the maximum number of attempts: three for the connector, one for this SDK client",
  authorization:
    "the SDK also signs its telemetry headers; the connector's signature is checked by two verifiers",
};

/** The number of generated requests per property. */
const RUNS = { numRuns: 1_250 };

class Recorder implements Transport {
  readonly requests: WireRequest[] = [];

  send(request: WireRequest) {
    this.requests.push(request);
    const body = Buffer.from("{}");
    const type = request.headers["x-amz-invocation-type"] ?? "RequestResponse";
    const statusCode = { Event: 202, DryRun: 204 }[type] ?? 200;
    return Promise.resolve({ statusCode, headers: {}, body });
  }
}

const CONNECTION = { region: "eu-west-1", credentials: exampleCredentials };

interface RequestPair {
  readonly byConnector: WireRequest;
  readonly bySdk: WireRequest;
}

/** Sends a request with the connector and with the AWS SDK, signed at the same time. */
async function sendBoth(
  {
    connection,
    now,
  }: { readonly connection: SdkConnection; readonly now: number },
  send: {
    readonly connector: (
      transport: Transport,
      clock: FakeClock,
    ) => Promise<unknown>;
    readonly sdk: (sdk: RawSdk) => Promise<unknown>;
  },
): Promise<RequestPair> {
  const clock = new FakeClock();
  clock.pass(now - clock.now());
  const recorder = new Recorder();
  const sdk = new RawSdk(connection);
  const dateNow = jest.spyOn(Date, "now").mockReturnValue(now);
  try {
    await send.connector(recorder, clock);
    await send.sdk(sdk);
  } finally {
    dateNow.mockRestore();
  }
  return {
    byConnector: getOnly(recorder.requests),
    bySdk: getOnly(sdk.requests),
  };
}

function getOnly(requests: readonly WireRequest[]): WireRequest {
  const [first, ...others] = requests;
  if (!first || others.length > 0)
    throw new Error("expected exactly one request");
  return first;
}

/** Returns the parts of a request that are compared. */
function toComparable(request: WireRequest) {
  const { method, protocol, hostname, port, path, headers, body } = request;
  const compared = Object.entries(headers).filter(
    ([name]) => IGNORED_HEADERS[name.toLowerCase()] === undefined,
  );
  const bytes = Buffer.from(body ?? "");
  return {
    method,
    protocol,
    hostname,
    port,
    path,
    body: bytes.toString("latin1"),
    headers: {
      // If it is missing, Node adds it.
      ...(method === "POST" && { "content-length": "0" }),
      ...Object.fromEntries(
        compared.map(([name, value]) => [name.toLowerCase(), value]),
      ),
    },
  };
}

async function expectEqual(
  requests: RequestPair,
  connection: SdkConnection,
  now: number,
) {
  const { byConnector, bySdk } = requests;
  const { credentials } = connection;
  expect(toComparable(byConnector)).toEqual(toComparable(bySdk));
  const authorization = readAuthorization(byConnector);
  const region = readAuthorization(bySdk).region;
  expect(authorization).toMatchObject({ region, service: "lambda" });
  // Every compared header is signed, except content-length.
  const compared = Object.keys(toComparable(byConnector).headers).filter(
    (name) => name !== "content-length",
  );
  expect(authorization.signedHeaders).toEqual(compared.sort());
  expect(authorization.signature).toBe(
    calculateServerSignature(byConnector, credentials.secretAccessKey),
  );
  expect(byConnector.headers["authorization"]).toBe(
    await signWithSdk(byConnector, {
      region,
      service: "lambda",
      credentials,
      now,
    }),
  );
  expect(byConnector.headers["amz-sdk-invocation-id"]).toMatch(
    /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/,
  );
}

const toClientContext = (context: unknown): string | undefined =>
  context === undefined
    ? undefined
    : Buffer.from(JSON.stringify(context)).toString("base64");

const omitUndefined = (fields: object) =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as never;

describe("request", () => {
  it("equals the AWS SDK's request for any invocation, and has a valid signature", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          invocation: invocations,
          connection: connections,
          now: times,
        }),
        async ({ invocation, connection, now }) => {
          const { payloadCase, ...rest } = invocation;
          const { sent, ...payload } = payloadCase;
          const requests = await sendBoth(
            { connection, now },
            {
              connector: (transport, clock) =>
                new InvokeFunction(connection, { transport, clock }).execute({
                  ...rest,
                  ...payload,
                }),
              sdk: (sdk) =>
                sdk.invoke(
                  omitUndefined({
                    FunctionName: rest.functionName,
                    Qualifier: rest.qualifier,
                    InvocationType: rest.invocationType,
                    LogType: rest.logType,
                    ClientContext: toClientContext(rest.clientContext),
                    TenantId: rest.tenantId,
                    DurableExecutionName: rest.durableExecutionName,
                    Payload: sent,
                  }),
                ),
            },
          );

          await expectEqual(requests, connection, now);
        },
      ),
      RUNS,
    );
  });

  it("equals the AWS SDK's request for any page of functions, and has a valid signature", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ page: listRequests, connection: connections, now: times }),
        async ({ page, connection, now }) => {
          const requests = await sendBoth(
            { connection, now },
            {
              connector: (transport, clock) =>
                new ListFunctions(connection, { transport, clock }).page(page),
              sdk: (sdk) =>
                sdk.listFunctions(
                  omitUndefined({
                    FunctionVersion: page.functionVersion,
                    MasterRegion: page.masterRegion,
                    Marker: page.marker,
                    MaxItems: page.maxItems,
                  }),
                ),
            },
          );

          await expectEqual(requests, connection, now);
        },
      ),
      RUNS,
    );
  });

  it("has one slash after a custom endpoint that ends in a slash; the AWS SDK sends two", async () => {
    await fc.assert(
      fc.asyncProperty(customEndpoints, async (customEndpoint) => {
        const endpoint = customEndpoint.trimEnd();
        fc.pre(new URL(endpoint).pathname !== "/");
        const withEndpoint = (url: string) => ({
          ...CONNECTION,
          endpoint: url,
        });
        const withoutSlash = new Recorder();
        const withSlash = new Recorder();
        const sdk = new RawSdk(withEndpoint(`${endpoint}/`));

        await new ListFunctions(withEndpoint(endpoint), {
          transport: withoutSlash,
        }).page();
        await new ListFunctions(withEndpoint(`${endpoint}/`), {
          transport: withSlash,
        }).page();
        await sdk.listFunctions({});

        const [request] = withSlash.requests as [WireRequest];
        expect(request.path).toBe(withoutSlash.requests[0]?.path);
        expect(sdk.requests[0]?.path).toBe(
          `${new URL(endpoint).pathname}//2015-03-31/functions`,
        );
        expect(readAuthorization(request).signature).toBe(
          calculateServerSignature(request, exampleCredentials.secretAccessKey),
        );
      }),
      { numRuns: 200 },
    );
  });

  it.each([".", "..", ".:live", "..:7"])(
    "is not sent for the function name %s, which servers and proxies would remove from the path",
    async (functionName) => {
      const transport = new Recorder();
      const operation = new InvokeFunction(CONNECTION, { transport });

      const error = await catchError(operation.execute({ functionName }));

      expect(error.code).toBe("ERR_INVALID_INPUT");
      expect(transport.requests).toEqual([]);
    },
  );

  it("is not sent for a function name or a marker with a lone surrogate, which a URL cannot contain", async () => {
    const transport = new Recorder();
    const invoke = new InvokeFunction(CONNECTION, { transport });
    const list = new ListFunctions(CONNECTION, { transport });

    const name = await catchError(invoke.execute({ functionName: "a\ud800" }));
    const marker = await catchError(list.page({ marker: "a\udc00b" }));

    expect(name.code).toBe("ERR_INVALID_INPUT");
    expect(marker.message).not.toContain("\n");
    expect(transport.requests).toEqual([]);
  });
});

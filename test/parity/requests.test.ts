/**
 * The same request: whatever is asked, our own hand and the AWS SDK's client put the same on the wire.
 */
import * as fc from "fast-check";
import { InvokeFunction, ListFunctions } from "../../operations";
import type { Transport, WireRequest } from "../../src/engine/http/transport";
import { keys } from "../connection";
import { FakeClock } from "../FakeClock";
import { thrownBy } from "../thrownBy";
import {
  instants,
  invocations,
  customEndpoints,
  listRequests,
  connections,
} from "./arbitraries";
import { RawSdk, type SdkConnection } from "./RawSdk";
import {
  authorizationBySdk,
  authorizationOf,
  expectedByServer,
} from "./signatureVerifiers";

/** The headers that are not compared, each with its reason. */
const NOT_COMPARED: Readonly<Record<string, string>> = {
  "user-agent": "says who sends; ours names this package",
  "x-amz-user-agent":
    "the SDK's way of saying it where a browser forbids the former",
  "amz-sdk-invocation-id": "a random id; its form is checked below",
  "amz-sdk-request":
    "counts attempts; ours has three, the SDK is told to make one",
  authorization:
    "the SDK signs its telemetry too; ours is held against verifiers",
};

/** How many requests are generated for each sentence. */
const RUNS = { numRuns: 1_250 };

class Recorder implements Transport {
  readonly requests: WireRequest[] = [];

  send(request: WireRequest) {
    this.requests.push(request);
    const body = Buffer.from("{}");
    return Promise.resolve({ statusCode: 200, headers: {}, body });
  }
}

const PLACE = { region: "eu-west-1", credentials: keys };

interface Sides {
  readonly ours: WireRequest;
  readonly theirs: WireRequest;
}

/** What both sides put on the wire, signed at the same instant. */
async function bothSides(
  { place, now }: { readonly place: SdkConnection; readonly now: number },
  ask: {
    readonly ours: (transport: Transport, clock: FakeClock) => Promise<unknown>;
    readonly theirs: (sdk: RawSdk) => Promise<unknown>;
  },
): Promise<Sides> {
  const clock = new FakeClock();
  clock.pass(now - clock.now());
  const recorder = new Recorder();
  const sdk = new RawSdk(place);
  const watch = jest.spyOn(Date, "now").mockReturnValue(now);
  try {
    await ask.ours(recorder, clock);
    await ask.theirs(sdk);
  } finally {
    watch.mockRestore();
  }
  return { ours: only(recorder.requests), theirs: only(sdk.requests) };
}

function only(requests: readonly WireRequest[]): WireRequest {
  const [first, ...others] = requests;
  if (!first || others.length > 0)
    throw new Error("sent more or less than once");
  return first;
}

/** A request, but for what is listed above. */
function comparable(request: WireRequest) {
  const { method, protocol, hostname, port, path, headers, body } = request;
  const compared = Object.entries(headers).filter(
    ([name]) => NOT_COMPARED[name.toLowerCase()] === undefined,
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
      // Node writes it where nobody else did.
      ...(method === "POST" && { "content-length": "0" }),
      ...Object.fromEntries(
        compared.map(([name, value]) => [name.toLowerCase(), value]),
      ),
    },
  };
}

async function expectSame(sides: Sides, place: SdkConnection, now: number) {
  const { ours, theirs } = sides;
  const { credentials } = place;
  expect(comparable(ours)).toEqual(comparable(theirs));
  const authorization = authorizationOf(ours);
  const region = authorizationOf(theirs).region;
  expect(authorization).toMatchObject({ region, service: "lambda" });
  // Every header that says something of the request is signed.
  const telling = Object.keys(comparable(ours).headers).filter(
    (name) => name !== "content-length",
  );
  expect(authorization.signedHeaders).toEqual(telling.sort());
  expect(authorization.signature).toBe(
    expectedByServer(ours, credentials.secretAccessKey),
  );
  expect(ours.headers["authorization"]).toBe(
    await authorizationBySdk(ours, {
      region,
      service: "lambda",
      credentials,
      now,
    }),
  );
  expect(ours.headers["amz-sdk-invocation-id"]).toMatch(
    /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/,
  );
}

const given = (context: unknown): string | undefined =>
  context === undefined
    ? undefined
    : Buffer.from(JSON.stringify(context)).toString("base64");

const present = (fields: object) =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as never;

describe("A request on the wire", () => {
  it("is for every invocation the same as the AWS SDK's, and its signature is accepted", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          invocation: invocations,
          place: connections,
          now: instants,
        }),
        async ({ invocation: { given: load, ...rest }, place, now }) => {
          const { sent, ...payload } = load;
          const sides = await bothSides(
            { place, now },
            {
              ours: (transport, clock) =>
                new InvokeFunction(place, { transport, clock }).execute({
                  ...rest,
                  ...payload,
                }),
              theirs: (sdk) =>
                sdk.invoke(
                  present({
                    FunctionName: rest.functionName,
                    Qualifier: rest.qualifier,
                    InvocationType: rest.invocationType,
                    LogType: rest.logType,
                    ClientContext: given(rest.clientContext),
                    TenantId: rest.tenantId,
                    DurableExecutionName: rest.durableExecutionName,
                    Payload: sent,
                  }),
                ),
            },
          );

          await expectSame(sides, place, now);
        },
      ),
      RUNS,
    );
  });

  it("is for every list the same as the AWS SDK's, and its signature is accepted", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ page: listRequests, place: connections, now: instants }),
        async ({ page, place, now }) => {
          const sides = await bothSides(
            { place, now },
            {
              ours: (transport, clock) =>
                new ListFunctions(place, { transport, clock }).page(page),
              theirs: (sdk) =>
                sdk.listFunctions(
                  present({
                    FunctionVersion: page.functionVersion,
                    MasterRegion: page.masterRegion,
                    Marker: page.marker,
                    MaxItems: page.maxItems,
                  }),
                ),
            },
          );

          await expectSame(sides, place, now);
        },
      ),
      RUNS,
    );
  });

  it("joins an endpoint that ends in a slash with one slash, where the AWS SDK writes two that most proxies take for another path", async () => {
    await fc.assert(
      fc.asyncProperty(customEndpoints, async (given) => {
        const endpoint = given.trimEnd();
        fc.pre(new URL(endpoint).pathname !== "/");
        const at = (url: string) => ({ ...PLACE, endpoint: url });
        const plain = new Recorder();
        const slashed = new Recorder();
        const sdk = new RawSdk(at(`${endpoint}/`));

        await new ListFunctions(at(endpoint), { transport: plain }).page();
        await new ListFunctions(at(`${endpoint}/`), {
          transport: slashed,
        }).page();
        await sdk.listFunctions({});

        const [request] = slashed.requests as [WireRequest];
        expect(request.path).toBe(plain.requests[0]?.path);
        expect(sdk.requests[0]?.path).toBe(
          `${new URL(endpoint).pathname}//2015-03-31/functions`,
        );
        expect(authorizationOf(request).signature).toBe(
          expectedByServer(request, keys.secretAccessKey),
        );
      }),
      { numRuns: 200 },
    );
  });

  it.each([".", "..", ".:live", "..:7"])(
    "is not sent for the name %s, which would be removed from the path on its way",
    async (functionName) => {
      const transport = new Recorder();
      const operation = new InvokeFunction(PLACE, { transport });

      const error = await thrownBy(operation.execute({ functionName }));

      expect(error.code).toBe("ERR_INVALID_INPUT");
      expect(transport.requests).toEqual([]);
    },
  );

  it("is not sent for a name or a marker with half of a surrogate pair, which no URL can carry", async () => {
    const transport = new Recorder();
    const invoke = new InvokeFunction(PLACE, { transport });
    const list = new ListFunctions(PLACE, { transport });

    const name = await thrownBy(invoke.execute({ functionName: "a\ud800" }));
    const marker = await thrownBy(list.page({ marker: "a\udc00b" }));

    expect(name.code).toBe("ERR_INVALID_INPUT");
    expect(marker.message).not.toContain("\n");
    expect(transport.requests).toEqual([]);
  });
});

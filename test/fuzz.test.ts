import { inspect } from "node:util";
import * as fc from "fast-check";
import {
  createConnector,
  isConnectorError,
  type CallOptions,
  type Connection,
  type Connector,
} from "../src";
import type { WireRequest, WireResponse, Transport } from "../src";
import {
  EXTERNAL_ID,
  parameterResponse,
  ROLE,
  sessionResponse,
} from "./awsResponses";
import { connection, exampleCredentials } from "./connection";
import type { Reply } from "./FakeAws";

jest.setTimeout(600_000);

/** Ends a call that never settles, so that its input is reported. Much longer than any call takes on a slow machine. */
const HANGS_AFTER_MS = 120_000;

/** Total number of inputs, counted at the end. */
const INPUTS = 100_000;

const SECRET = "never/to+be/Seen0123456789abcdefghijklm";
const TOKEN = "AQoDYXdzNEVER+TO/BE/SEEN==";
const SECRETS = [SECRET, TOKEN, EXTERNAL_ID, encodeURIComponent(TOKEN)];

/** Fake AWS: responds in the format of each service and keeps nothing. Every fifth response repeats secrets, if given. */
class QuickAws implements Transport {
  #requests = 0;

  constructor(readonly leakingMessage?: string) {}

  send(request: WireRequest): Promise<WireResponse> {
    const leaks =
      this.leakingMessage !== undefined && ++this.#requests % 5 === 0;
    return Promise.resolve(
      leaks ? toRejection(this.leakingMessage) : toResponse(replyTo(request)),
    );
  }
}

function toRejection(message: string): WireResponse {
  return {
    statusCode: 403,
    headers: { "x-amzn-errortype": "AccessDeniedException" },
    body: Buffer.from(JSON.stringify({ message })),
  };
}

const STORED = parameterResponse(EXTERNAL_ID);
// An expiration that is always in the future.
const SESSION = sessionResponse({ expiration: "2099-01-01T00:00:00Z" });
const IDENTITY: Reply = {
  body: "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>1</Account></GetCallerIdentityResult></GetCallerIdentityResponse>",
};
const LIST: Reply = { body: '{"Functions":[{"FunctionName":"price"}]}' };
const NUMBER: Reply = { body: "1" };

function replyTo({ method, path, headers, body }: WireRequest): Reply {
  if (headers["x-amz-target"]) return STORED;
  if (typeof body === "string")
    return body.includes("AssumeRole") ? SESSION : IDENTITY;
  return method === "GET" && path.startsWith("/2015-03-31/functions")
    ? LIST
    : NUMBER;
}

function toResponse(reply: Reply): WireResponse {
  const { body = "" } = reply as { readonly body?: string };
  const headers = { "x-amzn-requestid": "request-1" };
  return { statusCode: 200, headers, body: Buffer.from(body) };
}

const thrower = (): never => {
  throw new Error(`a getter leaks ${SECRET}`);
};

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

/** Unusual values. */
const ODD: readonly (() => unknown)[] = [
  () => undefined,
  () => null,
  () => Symbol("s"),
  () => 2n ** 70n,
  () => new Boolean(false),
  () => new String("price"),
  () => new Number(1),
  () => Object(1n) as unknown,
  () => Number.NaN,
  () => -0,
  () => Number.MAX_SAFE_INTEGER + 1,
  () => new Date(Number.NaN),
  () => new Map([["a", 1]]),
  () => new Set([1]),
  () => new WeakMap(),
  () => Promise.resolve(1),
  () => new Proxy({}, { get: thrower, ownKeys: thrower, has: thrower }),
  revoked,
  () =>
    Object.defineProperty({}, "functionName", {
      get: thrower,
      enumerable: true,
    }),
  () => ({ toString: thrower, toJSON: thrower, valueOf: thrower }),
  () => ({ [Symbol.toPrimitive]: thrower }),
  () => {
    const cycle: Record<string, unknown> = {};
    cycle["self"] = cycle;
    return cycle;
  },
  () => {
    let deep: unknown = 1;
    for (let index = 0; index < 5_000; index++) deep = [deep];
    return deep;
  },
  () => Object.create(null) as unknown,
  () =>
    JSON.parse(
      '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
    ) as unknown,
  () => "x".repeat(10_000),
  () => "\u0000\r\n\u2028\ud800",
  () => "../../etc/passwd",
  () => "price\r\nx-injected: 1",
  () => new Uint8Array(8),
  () => new ArrayBuffer(8),
  () => AbortSignal.abort(),
  () => () => 1,
  () => class Strange {},
  () => new Error("not thrown"),
  () => globalThis,
  () => Object.assign(new Array<number>(3), { 0: 1 }),
];

/** Creates a value only when it is used: fast-check inspects generated values, which the unusual ones do not survive. */
type Recipe = () => unknown;

const ready =
  (value: unknown): Recipe =>
  () =>
    value;
const odd: fc.Arbitrary<Recipe> = fc.constantFrom(...ODD);
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.string({ maxLength: 20 }),
  fc.constantFrom(
    "",
    " ",
    "price",
    "price:live",
    "eu-central-1",
    ROLE,
    "__proto__",
    "constructor",
    "NaN",
  ),
);
const any: fc.Arbitrary<Recipe> = fc.oneof(
  { weight: 3, arbitrary: text.map(ready) },
  { weight: 3, arbitrary: odd },
  { weight: 1, arbitrary: fc.double().map(ready) },
  { weight: 1, arbitrary: fc.boolean().map(ready) },
  {
    weight: 1,
    arbitrary: fc
      .object({
        maxDepth: 2,
        maxKeys: 3,
        withBigInt: true,
        withMap: true,
        withNullPrototype: true,
        withSparseArray: true,
      })
      .map(ready),
  },
);

/** An object with these fields, some valid, some invalid, some missing, and sometimes an unknown one. */
function near(fields: Readonly<Record<string, unknown>>): fc.Arbitrary<Recipe> {
  const entries = Object.entries(fields).map(([field, valid]) =>
    fc.tuple(
      fc.constant(field),
      fc.oneof(
        { weight: 4, arbitrary: fc.constant(ready(MISSING)) },
        { weight: 4, arbitrary: fc.constant(ready(valid)) },
        { weight: 2, arbitrary: any },
      ),
    ),
  );
  const unknown = fc.option(
    fc.tuple(
      fc.oneof(
        text,
        fc.constantFrom("__proto__", "constructor", "functionname", "toString"),
      ),
      any,
    ),
    { nil: undefined, freq: 4 },
  );
  return fc.tuple(fc.tuple(...entries), unknown).map(
    ([pairs, extra]) =>
      () =>
        compose([...pairs, ...(extra ? [extra] : [])]),
  );
}

const MISSING = Symbol("missing");

/** Defines the properties instead of assigning them, so that `__proto__` becomes a property too. */
function compose(pairs: readonly (readonly [string, Recipe])[]): object {
  const object = {};
  for (const [field, recipe] of pairs) {
    const value = recipe();
    if (value !== MISSING)
      Object.defineProperty(object, field, {
        value,
        configurable: true,
        enumerable: true,
        writable: true,
      });
  }
  return object;
}

const INVOCATION = {
  functionName: "price",
  qualifier: "live",
  payload: { sku: "A-17" },
  payloadJson: "",
  invocationType: "RequestResponse",
  logType: "Tail",
  clientContext: { custom: 1 },
  tenantId: "blue",
  durableExecutionName: "order-1",
  idempotent: true,
  onFunctionError: "return",
};

const VALID_OPTIONS = {
  signal: new AbortController().signal,
  timeoutMs: 5_000,
};

const VALID_CONNECTION = {
  region: "eu-central-1",
  credentials: {
    ...exampleCredentials,
    secretAccessKey: SECRET,
    sessionToken: TOKEN,
  },
  endpoint: "http://127.0.0.1:1",
  useFips: false,
  useDualStack: false,
  timeoutMs: 5_000,
  connectTimeoutMs: 1_000,
  maxSockets: 2,
  proxy: "http://127.0.0.1:2",
};

type Act = (
  connector: Connector,
  request: unknown,
  options: CallOptions,
) => Promise<unknown>;

const drain = async (items: AsyncIterable<unknown>): Promise<void> => {
  for await (const item of items) Reflect.ownKeys(item as object);
};

const LISTING = {
  functionVersion: "ALL",
  masterRegion: "ALL",
  marker: "next",
  maxItems: 10,
  limit: 3,
};

/** A valid request and the call of every operation. */
const OPERATIONS: Readonly<Record<string, readonly [object, Act]>> = {
  invokeFunction: [
    INVOCATION,
    async (connector, request, options) =>
      (await connector.invokeFunction(request as never, options)).payload,
  ],
  assumeRoleInvoke: [
    {
      ...INVOCATION,
      roleArn: ROLE,
      externalId: EXTERNAL_ID,
      externalIdKey: "acme/prod/trustKey",
      roleSessionName: "night",
      durationSeconds: 900,
      sessionPolicy: "none",
      sourceIdentity: "anna",
      tags: [{ key: "a", value: "b" }],
    },
    async (connector, request, options) =>
      (await connector.assumeRoleInvoke(request as never, options)).payload,
  ],
  deleteFunction: [
    { functionName: "price", qualifier: "1" },
    (connector, request, options) =>
      connector.deleteFunction(request as never, options),
  ],
  listFunctions: [
    LISTING,
    (connector, request, options) =>
      connector.listFunctions(request as never, options),
  ],
  "listFunctions.page": [
    LISTING,
    (connector, request, options) =>
      connector.listFunctions.page(request as never, options),
  ],
  "listFunctions.stream": [
    LISTING,
    (connector, request, options) =>
      drain(connector.listFunctions.stream(request as never, options)),
  ],
  validateCredentials: [
    {},
    (connector, request, options) =>
      connector.validateCredentials(request as never, options),
  ],
  getStaticCredentials: [
    { ...exampleCredentials, secretAccessKey: SECRET, sessionToken: TOKEN },
    (connector, request, options) =>
      connector.getStaticCredentials(request as never, options),
  ],
  getDefaultCredentials: [
    {},
    (connector, request, options) =>
      connector.getDefaultCredentials(request as never, options),
  ],
  "a typed function": [
    { sku: "A-17" },
    (connector, request, options) =>
      connector.function("price")(request, options),
  ],
};

const CONNECTIONS = 8_000;
const OPTIONS = 8_000;
const REQUESTS_PER_OPERATION =
  (INPUTS - CONNECTIONS - OPTIONS) / Object.keys(OPERATIONS).length;

describe("the public API with random input", () => {
  const transport = new QuickAws(`${SECRET} and ${TOKEN}\r\n, again ${TOKEN}`);
  const quietTransport = new QuickAws();
  const environment = { ...process.env };
  const prototypes = [Object, Array, String, Promise, Error].map(
    ({ prototype }) => prototype as object,
  );
  let before: string;
  let inputs = 0;

  const fingerprint = (): string =>
    prototypes
      .map((each) => Reflect.ownKeys(each).map(String).join())
      .join("|");

  beforeAll(() => {
    // Settings that a connection does not contain come from these variables only.
    for (const name of Object.keys(process.env))
      if (/^aws_|proxy$/i.test(name)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, {
      AWS_REGION: "eu-central-1",
      AWS_ACCESS_KEY_ID: exampleCredentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: SECRET,
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CONFIG_FILE: "/nowhere/config",
      AWS_SHARED_CREDENTIALS_FILE: "/nowhere/credentials",
    });
    before = fingerprint();
  });

  afterAll(() => {
    process.env = environment;
  });

  /** Fails unless the call settles with a result or with a connector error without secrets. */
  async function expectToSettle(act: () => Promise<unknown>): Promise<void> {
    inputs++;
    let timer: NodeJS.Timeout | undefined;
    const hangs = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error("The call did not settle."));
      }, HANGS_AFTER_MS);
    });
    const error = await Promise.race([attempt(act), hangs]);
    clearTimeout(timer);
    if (error === undefined) return;
    if (!isConnectorError(error.thrown))
      throw new Error("The thrown value is not a connector error.", {
        cause: error.thrown,
      });
    const seen = printed(error.thrown);
    if (SECRETS.some((secret) => seen.includes(secret)))
      throw new Error("The printed error contains a secret.");
    if (/[\r\n]/.test(error.thrown.message))
      throw new Error(
        `The message has more than one line: ${error.thrown.message}`,
      );
  }

  async function fuzz<Input>(
    arbitrary: fc.Arbitrary<Input>,
    { runs, act }: { runs: number; act: (input: Input) => Promise<unknown> },
  ): Promise<void> {
    await fc.assert(
      fc.asyncProperty(arbitrary, (input) => expectToSettle(() => act(input))),
      { numRuns: runs, endOnFailure: true },
    );
    expect(fingerprint()).toBe(before);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  }

  const own = {
    ...connection,
    credentials: {
      ...exampleCredentials,
      secretAccessKey: SECRET,
      sessionToken: TOKEN,
    },
  };

  it.each(Object.entries(OPERATIONS))(
    "%s returns or throws a connector error for every request",
    async (_, [valid, act]) => {
      const connector = createConnector(own, { transport });
      const request = fc.oneof(
        { weight: 9, arbitrary: near(valid as Record<string, unknown>) },
        { weight: 1, arbitrary: any },
      );

      await fuzz(request, {
        runs: REQUESTS_PER_OPERATION,
        act: (make) => act(connector, make(), {}),
      });
    },
  );

  it("returns or throws a connector error for all call options", async () => {
    const connector = createConnector(own, { transport });
    const operations = Object.values(OPERATIONS);
    const options = fc.tuple(
      fc.constantFrom(...operations),
      fc.oneof(
        { weight: 3, arbitrary: near(VALID_OPTIONS) },
        { weight: 1, arbitrary: any },
      ),
    );

    await fuzz(options, {
      runs: OPTIONS,
      act: ([[valid, act], make]) =>
        act(connector, toSendable(valid), toReadable(make()) as CallOptions),
    });
  });

  it("returns or throws a connector error for every connection", async () => {
    const given = fc.oneof(
      { weight: 5, arbitrary: near(VALID_CONNECTION) },
      { weight: 1, arbitrary: any },
    );

    await fuzz(given, {
      runs: CONNECTIONS,
      act: async (make) => {
        const connector = createConnector(make() as Connection, {
          transport: quietTransport,
        });
        try {
          await connector.listFunctions({ limit: 1 }, { timeoutMs: 2_000 });
        } finally {
          connector.close();
        }
      },
    });
  });

  // The signal is read before there is a call that could translate what it throws.
  it.each<[string, object]>([
    ["a revoked proxy", revoked() as object],
    [
      "an object that throws when a listener is added",
      {
        aborted: false,
        addEventListener: thrower,
        removeEventListener: thrower,
      },
    ],
  ])("throws a connector error when the signal is %s", async (_, signal) => {
    const connector = createConnector(own, { transport: quietTransport });

    const failure = await attempt(() =>
      connector.listFunctions({}, { signal: signal as AbortSignal }),
    );

    expect(isConnectorError(failure?.thrown)).toBe(true);
  });

  it("is tried with 100,000 inputs", () => {
    expect(inputs).toBe(INPUTS);
  });
});

/** A valid request, without fields that cannot be combined. */
function toSendable(valid: object): object {
  return Object.fromEntries(
    Object.entries(valid).filter(
      ([field]) => field !== "externalId" && field !== "payloadJson",
    ),
  );
}

/** The options, without a signal that throws when it is read; a separate test covers that. */
function toReadable(options: unknown): unknown {
  let signal: unknown;
  try {
    ({ signal } = options as { signal?: unknown });
  } catch {
    return options;
  }
  try {
    Reflect.get(Object(signal) as object, "aborted");
    return options;
  } catch {
    return {};
  }
}

async function attempt(
  act: () => Promise<unknown>,
): Promise<{ thrown: unknown } | undefined> {
  try {
    await act();
    return undefined;
  } catch (thrown) {
    return { thrown };
  }
}

function printed(thrown: Error): string {
  const outputs = [inspect(thrown, { depth: 4, showHidden: true })];
  outputs.push(JSON.stringify(thrown), String(thrown));
  let link: unknown = thrown;
  for (let depth = 0; link instanceof Error && depth < 5; depth++) {
    outputs.push(link.message, link.stack ?? "");
    link = link.cause;
  }
  return outputs.join("\n");
}

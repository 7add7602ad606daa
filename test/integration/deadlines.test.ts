import { execFile } from "node:child_process";
import { Socket } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  createConnector,
  isConnectorError,
  pool,
  type AnyConnectorError,
  type CallOptions,
  type Connection,
  type Connector,
} from "aws-lambda-connector";
import type { LocalAws } from "aws-lambda-connector/local";
import { Front, type Trouble } from "./front";
import { dripping, silent } from "./troubles";
import { connectionTo, OFFER_ARN, ROLE_ARN, startWorld } from "./world";

const PRICE = { functionName: "price" };
const OFFER = {
  functionName: OFFER_ARN,
  roleArn: ROLE_ARN,
  externalIdKey: "acme/prod/trustKey",
};

/** Long enough for everything that is not broken, short enough to wait for. */
const SHORT = { timeoutMs: 150 };

let local: LocalAws;
let front: Front;
let connector: Connector;

beforeAll(async () => {
  local = await startWorld({ functions: { price: () => 1290 } });
  // The AWS SDK's clients take their time to load; no deadline here is to meet that.
  const first = createConnector(connectionTo(local));
  await first.assumeRoleInvoke(OFFER);
  await first.validateCredentials();
  await first.deleteFunction({ functionName: "nobody" });
  first.close();
  pool.empty();
  local.requests.clear();
});

afterEach(async () => {
  connector.close();
  pool.empty();
  local.faults.clear();
  local.requests.clear();
  await front.close();
});

afterAll(() => local.close());

/** A connector whose every request passes a front that makes trouble. */
async function open(trouble: Trouble = {}, over: Partial<Connection> = {}) {
  front = await Front.open(local.endpoint, trouble);
  connector = createConnector({
    ...connectionTo(local),
    endpoint: front.endpoint,
    ...over,
  });
}

async function errorOf(work: Promise<unknown>): Promise<AnyConnectorError> {
  const thrown: unknown = await work.then(
    () => new Error("nothing was thrown"),
    (error: unknown) => error,
  );
  if (isConnectorError(thrown)) return thrown;
  throw thrown as Error;
}

/** Waits until the sockets of calls that are over are closed, on both sides. */
async function untilReleased(): Promise<void> {
  await front.untilLeft();
  while (pool.inspect().open > 0) await new Promise(setImmediate);
}

async function first(items: AsyncIterable<unknown>): Promise<unknown> {
  for await (const item of items) return item;
  return undefined;
}

/** Every way in which AWS is asked. */
const WAYS: readonly (readonly [
  string,
  (options: CallOptions) => Promise<unknown>,
])[] = [
  ["invokeFunction", (options) => connector.invokeFunction(PRICE, options)],
  ["assumeRoleInvoke", (options) => connector.assumeRoleInvoke(OFFER, options)],
  ["deleteFunction", (options) => connector.deleteFunction(PRICE, options)],
  ["listFunctions", (options) => connector.listFunctions({}, options)],
  [
    "listFunctions.page",
    (options) => connector.listFunctions.page({}, options),
  ],
  [
    "listFunctions.stream",
    (options) => first(connector.listFunctions.stream({}, options)),
  ],
  [
    "validateCredentials",
    (options) => connector.validateCredentials({}, options),
  ],
  ["a typed function", (options) => connector.function("price")(1, options)],
];

describe("the deadline of a call", () => {
  it.each(WAYS)(
    "ends %s when nothing is answered, and its socket with it",
    async (_, ask) => {
      await open(silent);

      const error = await errorOf(ask(SHORT));

      expect(error).toMatchObject({
        code: "ERR_DEADLINE",
        reason: "timeout",
        timeoutMs: 150,
      });
      await untilReleased();
      expect(pool.inspect()).toMatchObject({ open: 0, idle: 0, waiting: 0 });
      expect(front.requests).toBe(1);
    },
  );

  it.each(WAYS)(
    "ends %s while the answer drips, and its socket with it",
    async (_, ask) => {
      await open(dripping);

      const error = await errorOf(ask(SHORT));

      expect(error.code).toBe("ERR_DEADLINE");
      await untilReleased();
      expect(pool.inspect()).toMatchObject({ open: 0, waiting: 0 });
    },
  );

  it("covers the function that gives the credentials", async () => {
    const hangs = () => new Promise<never>(() => undefined);
    await open({}, { credentials: hangs });

    const errors = await Promise.all([
      errorOf(connector.invokeFunction(PRICE, SHORT)),
      errorOf(connector.assumeRoleInvoke(OFFER, SHORT)),
      errorOf(connector.listFunctions({}, SHORT)),
      errorOf(connector.getDefaultCredentials({}, SHORT)),
      errorOf(connector.validateCredentials({}, SHORT)),
    ]);

    expect(new Set(errors.map(({ code }) => code))).toEqual(
      new Set(["ERR_DEADLINE"]),
    );
    expect(errors[0].execution).toBe("did-not-run");
    expect(front.deliveries).toBe(0);
  });

  it.each(["GetParameter", "AssumeRole"] as const)(
    "covers %s, and the function is not run afterwards",
    async (operation) => {
      await open();
      local.faults.add({ kind: "delay", ms: 300, operation });

      const error = await errorOf(connector.assumeRoleInvoke(OFFER, SHORT));
      await front.untilLeft();

      expect(error).toMatchObject({
        code: "ERR_DEADLINE",
        execution: "did-not-run",
      });
      expect(local.requests.of("Invoke")).toEqual([]);
      expect(local.requests.all.at(-1)?.operation).toBe(operation);
    },
  );

  it("covers the wait for a socket, and who gives up leaves the line", async () => {
    await open(silent, { maxSockets: 1 });
    const busy = errorOf(connector.invokeFunction(PRICE, { timeoutMs: 400 }));
    await front.untilRequests(1);

    const waiting = [1, 2, 3].map(() =>
      errorOf(connector.invokeFunction(PRICE, SHORT)),
    );
    await Promise.resolve();
    const before = pool.inspect();
    const errors = await Promise.all(waiting);
    const after = pool.inspect();

    expect(before).toMatchObject({ open: 1, waiting: 3 });
    expect(errors.map(({ code, execution }) => [code, execution])).toEqual(
      errors.map(() => ["ERR_DEADLINE", "did-not-run"]),
    );
    expect(after).toMatchObject({ open: 1, waiting: 0 });
    expect((await busy).execution).toBe("may-have-run");
    await untilReleased();
    expect(front.requests).toBe(1);
  });

  it("lets the next in line have the place of a call that was ended", async () => {
    await open({ ...silent, times: 1 }, { maxSockets: 1 });
    const busy = errorOf(connector.invokeFunction(PRICE, SHORT));
    await front.untilRequests(1);

    const { payload } = await connector.invokeFunction(PRICE);

    expect(payload).toBe(1290);
    expect((await busy).code).toBe("ERR_DEADLINE");
    expect(pool.inspect()).toMatchObject({ open: 1, idle: 1, waiting: 0 });
  });

  it("outlives a request that Node refuses to write when its turn comes", async () => {
    const { accessKeyId, secretAccessKey } = local.credentials;
    const ids = [accessKeyId, `${accessKeyId}\n`];
    const credentials = () =>
      Promise.resolve({
        accessKeyId: ids.shift() ?? accessKeyId,
        secretAccessKey,
        expiration: new Date(0),
      });
    await open({ ...silent, times: 1 }, { maxSockets: 1, credentials });
    const busy = errorOf(connector.invokeFunction(PRICE, SHORT));
    await front.untilRequests(1);

    const refused = await errorOf(connector.invokeFunction(PRICE));
    const { payload } = await connector.invokeFunction(PRICE);

    expect((await busy).code).toBe("ERR_DEADLINE");
    expect(refused).toMatchObject({
      code: "ERR_TRANSPORT",
      execution: "did-not-run",
      retryable: false,
    });
    expect(payload).toBe(1290);
  });

  it("gives the place back of a request that Node refuses to write", async () => {
    const { accessKeyId, secretAccessKey } = local.credentials;
    const expiration = new Date(0);
    const ids = [`${accessKeyId}\n`, `${accessKeyId}\n`, accessKeyId];
    const credentials = () =>
      Promise.resolve({
        accessKeyId: ids.shift() ?? accessKeyId,
        secretAccessKey,
        expiration,
      });
    await open({}, { maxSockets: 1, credentials });

    const refused = await errorOf(connector.invokeFunction(PRICE, SHORT));
    const refusedToo = await errorOf(connector.deleteFunction(PRICE, SHORT));
    const { payload } = await connector.invokeFunction(PRICE, SHORT);

    expect(
      [refused, refusedToo].map(({ code, retryable }) => [code, retryable]),
    ).toEqual([
      ["ERR_TRANSPORT", false],
      ["ERR_TRANSPORT", false],
    ]);
    expect(refused.execution).toBe("did-not-run");
    expect(payload).toBe(1290);
  });

  it("covers all attempts and the pauses between them together", async () => {
    await open();
    local.faults.add({ kind: "throttle", times: Infinity });
    jest.spyOn(Math, "random").mockReturnValue(0.1);
    const begun = performance.now();

    // The pauses would be 100 and 200 ms long: the second does not fit any more, so it is not begun.
    const error = await errorOf(
      connector.invokeFunction(PRICE, { timeoutMs: 250 }),
    );

    jest.restoreAllMocks();
    expect(error).toMatchObject({
      code: "ERR_SERVICE",
      execution: "did-not-run",
    });
    expect(performance.now() - begun).toBeLessThan(250);
    expect(front.requests).toBe(2);
  });

  it("ends a pause that the caller's signal cuts short, and sends nothing after it", async () => {
    await open();
    local.faults.add({ kind: "throttle", retryAfterSeconds: 1, times: 1 });
    const controller = new AbortController();

    const call = errorOf(
      connector.invokeFunction(PRICE, { signal: controller.signal }),
    );
    await front.untilRequests(1);
    // The refusal has to arrive: then it pauses.
    while (pool.inspect().idle === 0) await new Promise(setImmediate);
    controller.abort();

    expect(await call).toMatchObject({
      code: "ERR_DEADLINE",
      reason: "aborted",
      execution: "did-not-run",
    });
    expect(front.requests).toBe(1);
  });

  it("of a call that another shares a session with ends that call only", async () => {
    await open();
    local.faults.add({ kind: "delay", ms: 300, operation: "AssumeRole" });

    const [hasty, patient] = await Promise.all([
      errorOf(connector.assumeRoleInvoke(OFFER, SHORT)),
      connector.assumeRoleInvoke(OFFER),
    ]);

    expect(hasty.code).toBe("ERR_DEADLINE");
    expect(patient.payload).toEqual({ offered: {} });
    expect(local.requests.of("AssumeRole")).toHaveLength(1);
    expect(local.requests.of("Invoke")).toHaveLength(1);
  });
});

describe("the caller's signal", () => {
  it.each(WAYS)("ends %s under way, and its socket", async (_, ask) => {
    await open(silent);
    const controller = new AbortController();

    const call = errorOf(ask({ signal: controller.signal }));
    await front.untilRequests(1);
    controller.abort();

    expect(await call).toMatchObject({
      code: "ERR_DEADLINE",
      reason: "aborted",
    });
    await front.untilLeft();
    expect(pool.inspect()).toMatchObject({ open: 0, waiting: 0 });
    expect(front.requests).toBe(1);
  });

  const unsent = async (ask: (typeof WAYS)[number][1]): Promise<void> => {
    await open();

    const error = await errorOf(ask({ signal: AbortSignal.abort() }));
    // Whatever were on its way would be there before this is answered.
    await connector.listFunctions();
    await connector.validateCredentials();

    expect(error).toMatchObject({ code: "ERR_DEADLINE", reason: "aborted" });
    expect(local.requests.all.map(({ operation }) => operation)).toEqual([
      "ListFunctions",
      "GetCallerIdentity",
    ]);
  };
  it.each(WAYS)("that has fired already lets %s send nothing", (_, ask) =>
    unsent(ask),
  );

  it("ends a stream between two pages", async () => {
    await open();
    for (let index = 0; index < 3; index++)
      await local.createFunction(`further-${index}`, () => index);
    const controller = new AbortController();
    const items: string[] = [];

    const walk = async (): Promise<void> => {
      const { signal } = controller;
      for await (const fn of connector.listFunctions.stream(
        { maxItems: 2 },
        { signal },
      )) {
        items.push(fn.functionName);
        controller.abort();
      }
    };

    expect((await errorOf(walk())).code).toBe("ERR_DEADLINE");
    expect(items).toHaveLength(2);
    expect(local.requests.of("ListFunctions")).toHaveLength(1);
    for (let index = 0; index < 3; index++)
      await local.deleteFunction(`further-${index}`);
  });

  it("may go with 2,000 calls, at once and one after the other, without a warning", async () => {
    await open({}, { endpoint: local.endpoint, maxSockets: 50 });
    const warnings: Error[] = [];
    const warned = (warning: Error): void => {
      warnings.push(warning);
    };
    process.on("warning", warned);
    const { signal } = new AbortController();
    const call = () => connector.invokeFunction(PRICE, { signal });

    await Promise.all(Array.from({ length: 1_000 }, call));
    for (let index = 0; index < 1_000; index++) await call();
    await new Promise(setImmediate);

    process.off("warning", warned);
    expect(warnings).toEqual([]);
  });

  it("ends 1,000 calls at once, those in line among them", async () => {
    await open(silent, { maxSockets: 5 });
    const controller = new AbortController();
    const { signal } = controller;

    const calls = Array.from({ length: 1_000 }, () =>
      errorOf(connector.invokeFunction(PRICE, { signal })),
    );
    await front.untilRequests(5);
    const { waiting } = pool.inspect();
    controller.abort();
    const verdicts = (await Promise.all(calls)).map((error) => error.execution);
    await untilReleased();

    expect(waiting).toBe(995);
    expect(
      verdicts.filter((verdict) => verdict === "may-have-run").length,
    ).toBe(5);
    expect(pool.inspect()).toMatchObject({ open: 0, waiting: 0 });
    expect(front.requests).toBe(5);
  });
});

describe("a call that waits for long", () => {
  it("has TCP keep-alive on before it is answered", async () => {
    const setKeepAlive = jest.spyOn(Socket.prototype, "setKeepAlive");
    await open(silent);

    const call = errorOf(connector.invokeFunction(PRICE, SHORT));
    await front.untilRequests(1);
    const calls = [...setKeepAlive.mock.calls];
    jest.restoreAllMocks();
    await call;

    expect(calls).toContainEqual([true, 30_000]);
  });
});

describe("a process", () => {
  it.each([
    ["was answered", "{}", false],
    ["ran out of time", "{ timeoutMs: 400 }", true],
    ["was ended by its signal", "{ signal: AbortSignal.timeout(150) }", true],
  ])(
    "ends by itself within a second after a call that %s",
    async (_, options, isSilent) => {
      await open(isSilent ? silent : {});
      const connection = { ...connectionTo(local), endpoint: front.endpoint };
      const program = `
        const { createConnector } = require("aws-lambda-connector");
        const connector = createConnector(${JSON.stringify(connection)});
        const tell = () => {
          const over = performance.now();
          const left = () => process.getActiveResourcesInfo().filter((name) => /Timeout|TCP|TLS/.test(name));
          process.on("exit", () => console.log(JSON.stringify({ ms: performance.now() - over, left: left() })));
        };
        connector.invokeFunction({ functionName: "price" }, ${options}).then(tell, tell);`;

      const { stdout } = await promisify(execFile)(
        process.execPath,
        ["-e", program],
        { cwd: join(__dirname, "../.."), timeout: 10_000 },
      );

      const { ms, left } = JSON.parse(stdout) as { ms: number; left: string[] };
      expect(ms).toBeLessThan(1_000);
      expect(left.filter((name) => name === "Timeout")).toEqual([]);
    },
  );
});

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
import { FakeClock } from "../FakeClock";
import { turns, until } from "../until";
import { Front, Held, type Trouble } from "./front";
import { answers, dripping, silent } from "./troubles";
import { connectionTo, OFFER_ARN, ROLE_ARN, startWorld } from "./world";

const PRICE = { functionName: "price" };
const OFFER = {
  functionName: OFFER_ARN,
  roleArn: ROLE_ARN,
  externalIdKey: "acme/prod/trustKey",
};

/** On a fake clock, passed when the test says so; on the real one, only for calls that can end in no other way. */
const SHORT = { timeoutMs: 150 };

let local: LocalAws;
let front: Front;
let connector: Connector;
let clock: FakeClock;

beforeAll(async () => {
  local = await startWorld({ functions: { price: () => 1290 } });
});

beforeEach(() => {
  clock = new FakeClock({ startsAt: Date.now() });
});

afterEach(async () => {
  connector.close();
  pool.empty();
  local.faults.clear();
  local.requests.clear();
  await front.close();
});

afterAll(() => local.close());

/** A connector on the real clock whose every request passes a front that makes trouble. */
async function open(trouble: Trouble = {}, over: Partial<Connection> = {}) {
  front = await Front.open(local.endpoint, trouble);
  connector = createConnector({
    ...connectionTo(local),
    endpoint: front.endpoint,
    ...over,
  });
}

/** The same on the fake clock. Its sockets are not in `pool`. */
async function openOnFakeClock(
  trouble: Trouble = {},
  over: Partial<Connection> = {},
) {
  front = await Front.open(local.endpoint, trouble);
  connector = createConnector(
    { ...connectionTo(local), endpoint: front.endpoint, ...over },
    { clock },
  );
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
  await until(() => pool.inspect().open === 0);
}

function abortable() {
  const controller = new AbortController();
  return {
    signal: controller.signal,
    abort: () => {
      controller.abort();
    },
  };
}

async function first(items: AsyncIterable<unknown>): Promise<unknown> {
  for await (const item of items) return item;
  return undefined;
}

/** Every method that sends requests to AWS. */
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

describe("timeoutMs", () => {
  it.each(WAYS)(
    "ends %s and closes its socket when there is no response",
    async (_, ask) => {
      await openOnFakeClock(silent);

      const error = errorOf(ask(SHORT));
      await front.untilRequests(1);
      clock.pass(149);
      const { connections } = front;
      clock.pass(1);

      expect(connections).toBe(1);
      expect(await error).toMatchObject({
        code: "ERR_DEADLINE",
        reason: "timeout",
        timeoutMs: 150,
      });
      await front.untilLeft();
      expect(clock.waiting).toBe(0);
      expect(front.requests).toBe(1);
    },
  );

  it.each(WAYS)(
    "ends %s and closes its socket while the response keeps dripping",
    async (_, ask) => {
      await open(dripping);

      const error = await errorOf(ask(SHORT));

      expect(error.code).toBe("ERR_DEADLINE");
      await untilReleased();
      expect(pool.inspect()).toMatchObject({ open: 0, waiting: 0 });
    },
  );

  it("ends a call whose credentials function never resolves", async () => {
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
    "ends an invocation that waits for %s, and the function does not run",
    async (operation) => {
      await openOnFakeClock();
      local.faults.add({ kind: "silence", operation });

      const error = errorOf(connector.assumeRoleInvoke(OFFER, SHORT));
      await until(() => local.requests.of(operation).length === 1);
      clock.pass(150);

      expect(await error).toMatchObject({
        code: "ERR_DEADLINE",
        execution: "did-not-run",
      });
      await front.untilLeft();
      expect(local.requests.of("Invoke")).toEqual([]);
      expect(local.requests.all.at(-1)?.operation).toBe(operation);
    },
  );

  it("ends calls that wait for a socket, and removes them from the queue", async () => {
    await open(silent, { maxSockets: 1 });
    const { signal, abort } = abortable();
    const busy = errorOf(connector.invokeFunction(PRICE, { signal }));
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
    abort();
    expect((await busy).execution).toBe("may-have-run");
    await untilReleased();
    expect(front.requests).toBe(1);
  });

  it("frees the socket of the ended call for the next call in the queue", async () => {
    await openOnFakeClock({ ...silent, times: 1 }, { maxSockets: 1 });
    const busy = errorOf(connector.invokeFunction(PRICE, SHORT));
    await front.untilRequests(1);

    const next = connector.invokeFunction(PRICE);
    await turns(1);
    clock.pass(150);

    expect((await next).payload).toBe(1290);
    expect((await busy).code).toBe("ERR_DEADLINE");
    expect(front.requests).toBe(2);
  });

  it("frees the socket even if Node refuses to write the next request in the queue", async () => {
    const { accessKeyId, secretAccessKey } = local.credentials;
    const ids = [accessKeyId, `${accessKeyId}\n`];
    const credentials = () =>
      Promise.resolve({
        accessKeyId: ids.shift() ?? accessKeyId,
        secretAccessKey,
        expiration: new Date(clock.now() + 100),
      });
    await openOnFakeClock(
      { ...silent, times: 1 },
      { maxSockets: 1, credentials },
    );
    const busy = errorOf(connector.invokeFunction(PRICE, SHORT));
    await front.untilRequests(1);

    clock.pass(100);
    const queued = errorOf(connector.invokeFunction(PRICE));
    await turns(1);
    clock.pass(50);
    const refused = await queued;
    clock.pass(100);
    const { payload } = await connector.invokeFunction(PRICE);

    expect((await busy).code).toBe("ERR_DEADLINE");
    expect(refused).toMatchObject({
      code: "ERR_TRANSPORT",
      execution: "did-not-run",
      retryable: false,
    });
    expect(payload).toBe(1290);
  });

  it("covers all attempts and the pauses between them together", async () => {
    clock = new FakeClock({ startsAt: Date.now(), skips: 200 });
    await openOnFakeClock();
    local.faults.add({ kind: "throttle", times: Infinity });
    jest.spyOn(Math, "random").mockReturnValue(0.1);
    const begun = clock.now();

    // The pauses would take 100 and 200 ms. The second would end after the deadline, so it does not begin.
    const error = await errorOf(
      connector.invokeFunction(PRICE, { timeoutMs: 250 }),
    );

    jest.restoreAllMocks();
    expect(error).toMatchObject({
      code: "ERR_SERVICE",
      execution: "did-not-run",
    });
    expect(clock.now() - begun).toBe(100);
    expect(front.requests).toBe(2);
  });

  it("ends only its own call when two calls wait for the same role session", async () => {
    const assumeRole = new Held((request) =>
      request.includes("Action=AssumeRole"),
    );
    await openOnFakeClock(assumeRole);

    const hasty = errorOf(connector.assumeRoleInvoke(OFFER, SHORT));
    const patient = connector.assumeRoleInvoke(OFFER);
    await until(() => assumeRole.count === 1);
    clock.pass(150);
    const { code } = await hasty;
    assumeRole.release();

    expect(code).toBe("ERR_DEADLINE");
    expect((await patient).payload).toEqual({ offered: {} });
    expect(local.requests.of("AssumeRole")).toHaveLength(1);
    expect(local.requests.of("Invoke")).toHaveLength(1);
  });
});

describe("a socket's place in maxSockets", () => {
  it("is free again after a request that Node refuses to write", async () => {
    const { accessKeyId, secretAccessKey } = local.credentials;
    const ids = [`${accessKeyId}\n`, `${accessKeyId}\n`, accessKeyId];
    const credentials = () =>
      Promise.resolve({
        accessKeyId: ids.shift() ?? accessKeyId,
        secretAccessKey,
        expiration: new Date(clock.now() + 60_000),
      });
    await openOnFakeClock({}, { maxSockets: 1, credentials });

    const refused = await errorOf(connector.invokeFunction(PRICE));
    clock.pass(60_000);
    const refusedToo = await errorOf(connector.deleteFunction(PRICE));
    clock.pass(60_000);
    const { payload } = await connector.invokeFunction(PRICE);

    expect(
      [refused, refusedToo].map(({ code, retryable }) => [code, retryable]),
    ).toEqual([
      ["ERR_TRANSPORT", false],
      ["ERR_TRANSPORT", false],
    ]);
    expect(refused.execution).toBe("did-not-run");
    expect(payload).toBe(1290);
  });

  it("is free again for the next call in the queue when a call is aborted", async () => {
    await open({ ...silent, times: 1 }, { maxSockets: 1 });
    const { signal, abort } = abortable();
    const busy = errorOf(connector.invokeFunction(PRICE, { signal }));
    await front.untilRequests(1);

    const next = connector.invokeFunction(PRICE);
    await turns(1);
    const before = pool.inspect();
    abort();
    const { payload } = await next;

    expect(before).toMatchObject({ open: 1, waiting: 1 });
    expect(payload).toBe(1290);
    expect((await busy).code).toBe("ERR_DEADLINE");
    expect(pool.inspect()).toMatchObject({ open: 1, idle: 1, waiting: 0 });
  });
});

describe("signal", () => {
  it("ends the pause between two attempts, and nothing is sent after it", async () => {
    await openOnFakeClock();
    local.faults.add({ kind: "throttle", retryAfterSeconds: 1, times: 1 });
    const { signal, abort } = abortable();

    const call = errorOf(connector.invokeFunction(PRICE, { signal }));
    // One timer is the deadline, the other the pause.
    await until(() => clock.waiting === 2);
    abort();

    expect(await call).toMatchObject({
      code: "ERR_DEADLINE",
      reason: "aborted",
      execution: "did-not-run",
    });
    expect(clock.waiting).toBe(0);
    expect(front.requests).toBe(1);
  });

  it.each(WAYS)("aborts %s in flight and closes its socket", async (_, ask) => {
    await open(silent);
    const { signal, abort } = abortable();

    const call = errorOf(ask({ signal }));
    await front.untilRequests(1);
    abort();

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
    // A request that was already sent would arrive before these responses.
    await connector.listFunctions();
    await connector.validateCredentials();

    expect(error).toMatchObject({ code: "ERR_DEADLINE", reason: "aborted" });
    expect(local.requests.all.map(({ operation }) => operation)).toEqual([
      "ListFunctions",
      "GetCallerIdentity",
    ]);
  };
  it.each(WAYS)(
    "that is already aborted stops %s before it sends anything",
    (_, ask) => unsent(ask),
  );

  it("aborts a listing between two pages", async () => {
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

  it("can be shared by 2,000 calls, concurrent and sequential, without a warning from Node", async () => {
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

  it("aborts 1,000 calls at once, including those that wait for a socket", async () => {
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

describe("TCP keep-alive", () => {
  it("is on while a call waits for its response", async () => {
    const setKeepAlive = jest.spyOn(Socket.prototype, "setKeepAlive");
    await open(silent);
    const { signal, abort } = abortable();

    const call = errorOf(connector.invokeFunction(PRICE, { signal }));
    await front.untilRequests(1);
    const calls = [...setKeepAlive.mock.calls];
    jest.restoreAllMocks();
    abort();
    await call;

    expect(calls).toContainEqual([true, 30_000]);
  });
});

describe("a process", () => {
  // The server closes no connection: a socket that kept the process alive would keep it alive for good.
  it.each([
    ["succeeds", "{}", answers(200, "1290")],
    ["runs out of time", "{ timeoutMs: 400 }", silent],
    ["is aborted", "{ signal: AbortSignal.timeout(150) }", silent],
  ])(
    "exits by itself, with no timer pending, after a call that %s",
    async (_, options, trouble) => {
      await open(trouble);
      const connection = { ...connectionTo(local), endpoint: front.endpoint };
      const program = `
        const { createConnector } = require("aws-lambda-connector");
        const connector = createConnector(${JSON.stringify(connection)});
        // A socket that is destroyed stops its timer when it closes, a few turns of the event loop later.
        const report = (turnsLeft) => {
          if (turnsLeft > 0) return void setImmediate(report, turnsLeft - 1);
          const timers = process.getActiveResourcesInfo().filter((name) => name === "Timeout");
          process.on("exit", () => console.log(JSON.stringify(timers)));
        };
        const done = () => report(100);
        connector.invokeFunction({ functionName: "price" }, ${options}).then(done, done);`;

      const { stdout } = await promisify(execFile)(
        process.execPath,
        ["-e", program],
        { cwd: join(__dirname, "../.."), timeout: 60_000 },
      );

      expect(JSON.parse(stdout)).toEqual([]);
    },
  );
});

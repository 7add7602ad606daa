import { createConnector, isConnectorError } from "../../../../src";
import { connection } from "../../../connection";
import { catchError } from "../../../catchError";
import { FakeAws } from "../../../FakeAws";

type Connector = ReturnType<typeof createConnector>;
type Run = (connector: Connector, signal: AbortSignal) => Promise<unknown>;

const ROLE = "arn:aws:iam::222233334444:role/invoker";

async function drain(items: AsyncIterable<unknown>): Promise<void> {
  for await (const item of items) expect(item).toBeDefined();
}

/** Every operation that sends a request. */
const OPERATIONS: readonly (readonly [string, Run])[] = [
  [
    "invokeFunction",
    (c, signal) => c.invokeFunction({ functionName: "price" }, { signal }),
  ],
  [
    "assumeRoleInvoke",
    (c, signal) =>
      c.assumeRoleInvoke(
        { functionName: "price", roleArn: ROLE, externalIdKey: "acme/key" },
        { signal },
      ),
  ],
  [
    "invokeWithResponseStream",
    (c, signal) =>
      c.invokeWithResponseStream({ functionName: "price" }, { signal }),
  ],
  [
    "invokeMany",
    (c, signal) =>
      c.invokeMany({ requests: [{ functionName: "price" }] }, { signal }),
  ],
  [
    "invokeMany.stream",
    (c, signal) =>
      drain(
        c.invokeMany.stream(
          { requests: [{ functionName: "price" }] },
          { signal },
        ),
      ),
  ],
  [
    "deleteFunction",
    (c, signal) => c.deleteFunction({ functionName: "price" }, { signal }),
  ],
  ["listFunctions", (c, signal) => c.listFunctions({}, { signal })],
  [
    "listFunctions.stream",
    (c, signal) => drain(c.listFunctions.stream({}, { signal })),
  ],
  ["listFunctions.page", (c, signal) => c.listFunctions.page({}, { signal })],
  ["validateCredentials", (c, signal) => c.validateCredentials({}, { signal })],
  [
    "a typed function",
    (c, signal) => c.function("price")({ sku: "A-17" }, { signal }),
  ],
  [
    "a batch of a typed function",
    (c, signal) => c.function("price").many([1], { signal }),
  ],
];

function open(): { aws: FakeAws; connector: Connector } {
  const aws = new FakeAws().respondWith(
    ...Array.from({ length: 4 }, () => ({ silent: true as const })),
  );
  return { aws, connector: createConnector(connection, { transport: aws }) };
}

describe.each(OPERATIONS)("the cause of an aborted %s", (_, run) => {
  it.each<[string, unknown]>([
    ["an error", new Error("the user left")],
    ["a string", "the user left"],
    ["null", null],
    ["an object", { code: 7 }],
  ])("is the signal's reason: %s", async (_name, reason) => {
    for (const when of ["before", "during"]) {
      const { connector } = open();
      const controller = new AbortController();
      if (when === "before") controller.abort(reason);
      const error = catchError(run(connector, controller.signal));
      for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
      if (when === "during") controller.abort(reason);

      const caught = await error;

      expect(caught).toMatchObject({ code: "ERR_DEADLINE", reason: "aborted" });
      expect(caught.cause).toBe(reason);
      expect(caught.cause).toBe(controller.signal.reason);
    }
  });

  it("is an AbortError if there is no reason, also of a combined signal", async () => {
    const { connector } = open();
    const controller = new AbortController();
    const signal = AbortSignal.any([
      controller.signal,
      new AbortController().signal,
    ]);
    const error = catchError(run(connector, signal));
    await new Promise(setImmediate);

    controller.abort(undefined);

    const { cause } = await error;
    expect(cause).toBe(signal.reason);
    expect(cause).toMatchObject({ name: "AbortError" });
  });
});

describe("the cause of an aborted call", () => {
  it("is not set if the signal has no reason, or its getter throws", async () => {
    const listeners: (() => void)[] = [];
    const signals = [
      {},
      {
        get reason(): unknown {
          throw new Error("no");
        },
      },
    ];
    for (const fields of signals) {
      const { connector } = open();
      const signal = Object.defineProperties(
        {
          aborted: false,
          addEventListener: (_type: string, listener: () => void) =>
            listeners.push(listener),
          removeEventListener: () => undefined,
        },
        Object.getOwnPropertyDescriptors(fields),
      );
      const error = catchError(
        connector.invokeFunction(
          { functionName: "price" },
          { signal: signal as never },
        ),
      );
      await new Promise(setImmediate);
      listeners.at(-1)?.();

      expect(await error).toMatchObject({ reason: "aborted" });
      expect("cause" in (await error)).toBe(false);
    }
  });

  it("is each caller's own reason if they wait for the same role session", async () => {
    const { connector } = open();
    const controllers = [new AbortController(), new AbortController()];
    const request = {
      functionName: "price",
      roleArn: ROLE,
      externalId: "external-id",
    };
    const errors = controllers.map(({ signal }) =>
      catchError(connector.assumeRoleInvoke(request, { signal })),
    );
    await new Promise(setImmediate);

    controllers.forEach((controller, index) => {
      controller.abort(`reason ${index}`);
    });

    expect((await Promise.all(errors)).map(({ cause }) => cause)).toEqual([
      "reason 0",
      "reason 1",
    ]);
  });

  it("is each invocation's in a batch", async () => {
    const { connector } = open();
    const controller = new AbortController();
    const { signal } = controller;
    const requests = [{ functionName: "a" }, { functionName: "b" }];
    const outcomes: unknown[] = [];
    const done = (async () => {
      for await (const { error } of connector.invokeMany.stream(
        { requests },
        { signal },
      ))
        outcomes.push(error?.cause);
    })().catch((error: unknown) => isConnectorError(error) && error.cause);
    await new Promise(setImmediate);

    controller.abort("enough");

    expect(await done).toBe("enough");
    expect(outcomes).toEqual(outcomes.map(() => "enough"));
  });

  it("is not set after a timeout", async () => {
    const { connector } = open();

    const error = await catchError(
      connector.invokeFunction({ functionName: "price" }, { timeoutMs: 1 }),
    );

    expect(error).toMatchObject({ reason: "timeout" });
    expect("cause" in error).toBe(false);
  });
});

import { Readable } from "node:stream";
import { CredentialsError, ServiceError, TransportError } from "../../../src";
import { createRoute } from "../../../gateway";
import { sidecar } from "../../../gateway/boomi";
import { Body } from "../../../gateway/http/Body";
import { Exchange } from "../../../gateway/http/Exchange";
import { GatewayRequest } from "../../../gateway/http/GatewayRequest";
import { GatewayResponse } from "../../../gateway/http/GatewayResponse";
import { HeaderList } from "../../../gateway/http/HeaderList";
import { Route } from "../../../gateway/route/Route";
import { runRoute } from "../../../gateway/route/runRoute";
import type { SidecarOptions } from "../../../gateway/boomi/options/SidecarOptions";
import { call, configured, type Outcome, type World } from "./world";

const fails = (): never => {
  throw new Error("the directory is away");
};
const hangs = (): Promise<never> => new Promise(() => undefined);

afterEach(() => {
  jest.useRealTimers();
});

/** Sends one call while `ms` milliseconds pass on a fake clock. */
async function callDuring(ms: number, world: World): Promise<Outcome> {
  jest.useFakeTimers({ doNotFake: ["nextTick", "setImmediate"] });
  const outcome = call(world);
  await jest.advanceTimersByTimeAsync(ms);
  return outcome;
}

/** Lookups, what they are for, and what is answered where they throw. */
const LOOKUPS: readonly (readonly [
  "applicationEavs" | "packageKeyEavs" | "caller",
  string,
  string,
])[] = [
  [
    "applicationEavs",
    "include-eavs:contractId",
    "Error occurred while fetching application data",
  ],
  [
    "packageKeyEavs",
    "require-packageKey-eavs:channel",
    "Error occurred while fetching package key data",
  ],
  [
    "caller",
    "expand-input:token",
    "Error while creating json input for AWS Lambda in pre-process",
  ],
];

describe.each(LOOKUPS)("%s", (name, line, message) => {
  it.each([
    ["throws", fails],
    ["rejects", () => Promise.reject(new Error("the directory is away"))],
  ])("that %s stops the call, and is told", async (_, lookUp) => {
    const { status, body, origin, failures } = await call({
      pre: configured(line),
      options: { [name]: lookUp },
    });

    expect([status, body, origin]).toEqual([
      400,
      `<h1>${message}</h1>`,
      undefined,
    ]);
    expect(failures).toMatchObject([
      {
        isSuppressed: false,
        error: { message, cause: { message: "the directory is away" } },
      },
    ]);
  });

  it("that throws is kept from the client where the function is fail-safe", async () => {
    const { status, failures } = await call({
      pre: configured(line, "failSafe:true"),
      options: { [name]: fails },
    });

    expect(status).toBe(200);
    expect(failures).toMatchObject([{ isSuppressed: true }]);
  });

  it("that takes longer than the point may is a time-out", async () => {
    const { status, inputs, failures } = await callDuring(20, {
      pre: configured(line, "timeout:20"),
      options: { [name]: hangs },
    });

    expect([status, inputs]).toEqual([504, []]);
    expect(failures).toMatchObject([{ error: { name: "Gateway Timeout" } }]);
  });
});

it("leaves the function the time that lookups have not taken", async () => {
  const times: number[] = [];
  const assumeRoleInvoke = (
    _: object,
    { timeoutMs }: { timeoutMs: number },
  ) => {
    times.push(timeoutMs);
    return Promise.reject(new Error("no"));
  };
  const slow = () =>
    new Promise<Record<string, never>>((resolve) =>
      setTimeout(resolve, 30, {}),
    );
  const connector = { assumeRoleInvoke } as never;

  await callDuring(0, {
    pre: configured("timeout:5000"),
    options: { connector },
  });
  await callDuring(30, {
    pre: configured("timeout:5000"),
    options: { connector, caller: slow },
  });

  expect(times).toEqual([5000, 4970]);
});

describe("a host that fails where it is told of a failure", () => {
  it.each([
    ["throws", fails],
    ["rejects", () => Promise.reject(new Error("the log is full"))],
  ])("by one that %s touches no traffic", async (_, onFailure) => {
    for (const [policy, expected] of [
      ["failSafe:true", 200],
      ["failSafe:false", 500],
    ] as const) {
      const { status, faults } = await call({
        pre: configured(policy),
        answers: [{ text: "" }],
        options: { onFailure },
      });

      expect([status, faults]).toEqual([expected, []]);
    }
    await new Promise((go) => setImmediate(go));
  });
});

describe("what a client is told of a refusal", () => {
  const base = { operation: "AssumeRoleInvoke", message: "m", retryable: true };
  const reset = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:1"), {
    code: "ECONNREFUSED",
  });

  it.each([
    [
      "STS or the Parameter Store did not answer",
      new CredentialsError({
        ...base,
        cause: new TransportError({ ...base, cause: reset }),
      }),
    ],
    ["there are no keys", new CredentialsError({ ...base, cause: reset })],
    ["Lambda did not answer", new TransportError({ ...base, cause: reset })],
  ])("is nothing of the machine where %s", async (_, thrown) => {
    const { body } = await call({ pre: configured(), answers: [{ thrown }] });

    expect(body).toBe("<h1>Error while connecting to AWS lambda.</h1>");
  });

  it("is what AWS said, where it said something", async () => {
    const thrown = new CredentialsError({
      ...base,
      cause: new ServiceError({
        ...base,
        httpStatus: 403,
        serviceCode: "AccessDenied",
        cause: new Error("not authorized"),
      }),
    });

    const { body } = await call({ pre: configured(), answers: [{ thrown }] });

    expect(body).toBe("<h1>not authorized</h1>");
  });
});

describe("an origin that stalls in the answer that a function is to see", () => {
  async function stalled(policy: string) {
    const source = new Readable({ read: () => undefined });
    source.push("begun, ");
    const options: SidecarOptions = {
      connector: { assumeRoleInvoke: fails } as never,
      endpoint: { serviceId: "s", endpointId: "e" },
      postInput: configured(
        "expand-input:responsePayload",
        "timeout:30",
        policy,
      ),
    };
    const route = createRoute({
      steps: [sidecar(options)],
      origin: () =>
        Promise.resolve(
          new GatewayResponse({
            status: 200,
            headers: new HeaderList(),
            body: new Body(source),
          }),
        ),
    });
    const exchange = new Exchange(
      new GatewayRequest({
        method: "GET",
        url: "/",
        headers: new HeaderList(),
        body: new Body(),
        scheme: "http",
      }),
      { native: undefined },
    );
    const definition = Route.definitionOf(route);
    if (!definition.origin) throw new Error("the route has no origin");
    jest.useFakeTimers({ doNotFake: ["nextTick", "setImmediate"] });
    const running = runRoute(definition, exchange, definition.origin);
    await jest.advanceTimersByTimeAsync(30);
    return { source, response: await running };
  }

  it("is a time-out of the point", async () => {
    const { response, source } = await stalled("failSafe:false");

    expect(response.status).toBe(504);
    expect(source.destroyed).toBe(true);
  });

  it("has its answer streamed on, from its beginning, where the function is fail-safe", async () => {
    const { response, source } = await stalled("failSafe:true");
    source.push("done");
    source.push(null);

    const bytes = await response.body.read(100);

    expect(response.status).toBe(200);
    expect(Buffer.from(bytes ?? []).toString()).toBe("begun, done");
  });
});

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
import { call, configured, type Outcome, type Scenario } from "./scenario";

const fails = (): never => {
  throw new Error("the directory is away");
};
const hangs = (): Promise<never> => new Promise(() => undefined);

afterEach(() => {
  jest.useRealTimers();
});

/** Sends one call while `ms` milliseconds pass on a fake clock. */
async function callDuring(ms: number, scenario: Scenario): Promise<Outcome> {
  jest.useFakeTimers({ doNotFake: ["nextTick", "setImmediate"] });
  const outcome = call(scenario);
  await jest.advanceTimersByTimeAsync(ms);
  return outcome;
}

/** Lookups, their purpose, and the response if they throw. */
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
  ])(
    "stops the call and reports the error when the lookup %s",
    async (_, lookUp) => {
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
    },
  );

  it("forwards the call when the lookup throws and failSafe is true", async () => {
    const { status, failures } = await call({
      pre: configured(line, "failSafe:true"),
      options: { [name]: fails },
    });

    expect(status).toBe(200);
    expect(failures).toMatchObject([{ isSuppressed: true }]);
  });

  it("returns 504 when the lookup takes longer than the processor's timeout", async () => {
    const { status, inputs, failures } = await callDuring(20, {
      pre: configured(line, "timeout:20"),
      options: { [name]: hangs },
    });

    expect([status, inputs]).toEqual([504, []]);
    expect(failures).toMatchObject([{ error: { name: "Gateway Timeout" } }]);
  });
});

it("gives the function the time that lookups leave of the timeout", async () => {
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

describe("an onFailure callback that fails", () => {
  it.each([
    ["throws", fails],
    ["rejects", () => Promise.reject(new Error("the log is full"))],
  ])("does not affect traffic when onFailure %s", async (_, onFailure) => {
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

describe("the client's error message", () => {
  const base = { operation: "AssumeRoleInvoke", message: "m", retryable: true };
  const reset = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:1"), {
    code: "ECONNREFUSED",
  });

  it.each([
    [
      "STS or Parameter Store did not respond",
      new CredentialsError({
        ...base,
        cause: new TransportError({ ...base, cause: reset }),
      }),
    ],
    [
      "there are no credentials",
      new CredentialsError({ ...base, cause: reset }),
    ],
    ["Lambda did not respond", new TransportError({ ...base, cause: reset })],
  ])("reveals nothing about the machine when %s", async (_, thrown) => {
    const { body } = await call({ pre: configured(), answers: [{ thrown }] });

    expect(body).toBe("<h1>Error while connecting to AWS lambda.</h1>");
  });

  it("contains the message of AWS only if awsErrors is shown", async () => {
    const thrown = new CredentialsError({
      ...base,
      cause: new ServiceError({
        ...base,
        httpStatus: 403,
        serviceCode: "AccessDenied",
        cause: new Error("not authorized"),
      }),
    });
    const scenario = { pre: configured(), answers: [{ thrown }] };

    const shown = await call({ ...scenario, options: { awsErrors: "shown" } });
    const { body } = await call(scenario);

    expect(shown.body).toBe("<h1>not authorized</h1>");
    expect(body).toBe("<h1>Error while connecting to AWS lambda.</h1>");
  });
});

describe("an origin that stalls in a response which the function reads", () => {
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

  it("returns 504 when the origin stalls in its response and failSafe is false", async () => {
    const { response, source } = await stalled("failSafe:false");

    expect(response.status).toBe(504);
    expect(source.destroyed).toBe(true);
  });

  it("streams the origin's whole response when the origin stalls and failSafe is true", async () => {
    const { response, source } = await stalled("failSafe:true");
    source.push("done");
    source.push(null);

    const bytes = await response.body.read(100);

    expect(response.status).toBe(200);
    expect(Buffer.from(bytes ?? []).toString()).toBe("begun, done");
  });
});

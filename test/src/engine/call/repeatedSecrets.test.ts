import { tracingChannel } from "node:diagnostics_channel";
import { createConnector, type OperationTrace } from "../../../../src";
import {
  EXTERNAL_ID,
  functionError,
  functionResult,
  ROLE,
  sessionResponse,
  SESSION_SECRET,
  SESSION_TOKEN,
} from "../../../awsResponses";
import { connection, exampleCredentials } from "../../../connection";
import { FakeAws, lambdaError, type Reply } from "../../../FakeAws";
import { FakeClock } from "../../../FakeClock";
import { findSecrets } from "../../../catchError";

/** Letters and digits only, so that it has the form of a request ID and of an error code. */
const TOKEN = "ToKeNabcdefghijklmnopqrstuvwxyz0123456789";

const ID_HEADER = "x-amzn-requestid";

const known = {
  token: TOKEN,
  externalId: EXTERNAL_ID,
  sessionSecret: SESSION_SECRET,
  sessionToken: SESSION_TOKEN,
  secret: exampleCredentials.secretAccessKey,
};

/** A connector whose credentials have the token, and what tracers see of its calls. */
function open(...replies: Reply[]) {
  const traces: object[] = [];
  const transport = new FakeAws().respondWith(...replies);
  const credentials = { ...exampleCredentials, sessionToken: TOKEN };
  const connector = createConnector(
    { ...connection, credentials },
    { transport, clock: new FakeClock({ skips: 20_000 }) },
  );
  const observe = async <Result>(work: Promise<Result>): Promise<unknown> => {
    const result = await work.catch((error: unknown) => error);
    return [result, ...traces];
  };
  const listener = {
    start: () => undefined,
    end: () => undefined,
    asyncStart: () => undefined,
    asyncEnd: (trace: object) => void traces.push({ ...trace }),
    error: (trace: object) => void traces.push({ ...trace }),
  };
  const names = ["InvokeFunction", "AssumeRoleInvoke", "DeleteFunction"];
  const channels = names.map((name) =>
    tracingChannel<OperationTrace>(`aws-lambda-connector:${name}`),
  );
  for (const channel of channels) channel.subscribe(listener);
  const stop = (): void => {
    for (const channel of channels) channel.unsubscribe(listener);
  };
  return { connector, observe, stop };
}

const request = { functionName: "price", logType: "Tail" as const };
const role = { ...request, roleArn: ROLE, externalId: EXTERNAL_ID };

const repeatedLog = (secret: string): Record<string, string> => ({
  "x-amz-log-result": Buffer.from(`token=${secret}\n`).toString("base64"),
});

describe("a secret that a response repeats", () => {
  it.each<[string, Reply]>([
    ["as request ID", functionResult(1, { [ID_HEADER]: TOKEN })],
    ["within its request ID", functionResult(1, { [ID_HEADER]: `x${TOKEN}` })],
    [
      "as another request ID",
      { headers: { "x-amz-request-id": TOKEN, [ID_HEADER]: TOKEN }, body: "1" },
    ],
    [
      "in base64 as request ID",
      functionResult(1, {
        [ID_HEADER]: Buffer.from(TOKEN).toString("base64url"),
      }),
    ],
    ["in the log", functionResult(1, repeatedLog(TOKEN))],
    ["as error code", lambdaError(400, TOKEN, "no")],
    [
      "as request ID of an error",
      {
        status: 400,
        headers: { [ID_HEADER]: TOKEN, "x-amzn-errortype": "Foo" },
        body: "{}",
      },
    ],
    [
      "as request ID of a response in another format",
      { status: 400, headers: { [ID_HEADER]: TOKEN }, body: "<p>" },
    ],
    [
      "in the error of the function",
      functionError(
        JSON.stringify({
          errorType: TOKEN,
          errorMessage: `the token is ${TOKEN}`,
          trace: [`at ${TOKEN}`],
        }),
      ),
    ],
  ])("is hidden from results, errors and tracers %s", async (_, reply) => {
    const { connector, observe, stop } = open(reply);

    const seen = await observe(connector.invokeFunction(request));
    stop();

    expect(findSecrets(withoutPayload(seen), known)).toEqual([]);
  });

  it.each<[string, string]>([
    ["external ID", EXTERNAL_ID],
    ["session secret", SESSION_SECRET],
    ["session token", SESSION_TOKEN],
  ])(
    "is hidden from the request ID and the log if it is the %s of a role session",
    async (_, secret) => {
      const { connector, observe, stop } = open(
        sessionResponse(),
        functionResult(1, { [ID_HEADER]: secret, ...repeatedLog(secret) }),
      );

      const seen = await observe(connector.assumeRoleInvoke(role));
      const again = await observe(connector.assumeRoleInvoke(role));
      stop();

      expect(findSecrets(withoutPayload([seen, again]), known)).toEqual([]);
    },
  );

  it("is hidden from the request ID of a request that the AWS SDK sends", async () => {
    const { connector, observe, stop } = open({
      status: 403,
      headers: { [ID_HEADER]: TOKEN, "x-amzn-errortype": "AccessDenied" },
      body: "{}",
    });

    const seen = await observe(
      connector.deleteFunction({ functionName: "price" }),
    );
    stop();

    expect(findSecrets(seen, known)).toEqual([]);
  });

  it("is the proxy's password, if a proxy repeats it", async () => {
    const password = "pa%2Fss-word-4711";
    const transport = new FakeAws().respondWith(
      lambdaError(
        400,
        "Foo",
        `credentials user:${password} and pa/ss-word-4711`,
      ),
    );
    const connector = createConnector(
      { ...connection, proxy: `http://user:${password}@proxy.example:3128` },
      { transport },
    );

    const error: unknown = await connector
      .invokeFunction({ functionName: "price" })
      .catch((thrown: unknown) => thrown);

    expect((error as Error).message).toBe(
      "InvokeFunction: AWS returned Foo (400) for the function price. credentials user:[hidden] and [hidden].",
    );
  });

  it("leaves other request IDs unchanged", async () => {
    const { connector, stop } = open(
      functionResult(1, {
        [ID_HEADER]: "5b1f3f0e-6a1d-4f0b-9c55-0b7c6d1f7f21",
      }),
    );

    const { requestId } = await connector.invokeFunction(request);
    stop();

    expect(requestId).toBe("5b1f3f0e-6a1d-4f0b-9c55-0b7c6d1f7f21");
  });
});

/** Removes the response of a failed function: its payload is the function's own and is never changed. */
function withoutPayload(seen: unknown): unknown {
  return [seen].flat(3).map((each) => {
    const { response, payload, error, ...fields } = {
      ...(each as Record<string, unknown>),
    };
    const shown = each instanceof Error ? [each.message, each.stack] : [];
    const nested = error === undefined ? [] : withoutPayload(error);
    return [fields, shown, nested, typeof response, typeof payload];
  });
}

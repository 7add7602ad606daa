import {
  DeleteFunction,
  InvokeFunction,
  InvokeWithResponseStream,
  ListFunctions,
  ValidateCredentials,
  type InvokeFunctionRequest,
} from "../../../../operations";
import { connection } from "../../../connection";
import { catchError } from "../../../catchError";
import { FakeAws } from "../../../FakeAws";

type Type = NonNullable<InvokeFunctionRequest["invocationType"]>;

const STATUSES = [
  NaN,
  -1,
  0,
  199,
  200,
  200.5,
  201,
  202,
  203,
  204,
  205,
  206,
  299,
];

const open = (status: number, body = "{}") => {
  const transport = new FakeAws().respondWith({ status, body });
  const functionName = "price";
  return {
    transport,
    invoke: (invocationType: Type) =>
      new InvokeFunction(connection, { transport }).execute({
        functionName,
        invocationType,
      }),
    remove: () =>
      new DeleteFunction(connection, { transport }).execute({ functionName }),
    list: () => new ListFunctions(connection, { transport }).execute(),
    validate: () =>
      new ValidateCredentials(connection, { transport }).execute(),
    stream: async () => {
      const response = await new InvokeWithResponseStream(connection, {
        transport,
      }).execute({ functionName });
      // The body has no frames. Reading it ends the call.
      await response.text().catch(() => undefined);
    },
  };
};

/** The statuses with which a call succeeds. */
async function statusesOf(
  call: (opened: ReturnType<typeof open>) => Promise<unknown>,
): Promise<number[]> {
  const successes: number[] = [];
  for (const status of STATUSES)
    await call(open(status)).then(
      () => successes.push(status),
      (error: unknown) => {
        expect(error).toMatchObject({ code: "ERR_RESPONSE" });
      },
    );
  return successes;
}

describe("status of a response", () => {
  it.each([
    ["RequestResponse", 200],
    ["Event", 202],
    ["DryRun", 204],
  ] as const)("of an invocation %s is %d", async (type, status) => {
    expect(await statusesOf(({ invoke }) => invoke(type))).toEqual([status]);
  });

  it("of a list is 200", async () => {
    expect(await statusesOf(({ list }) => list())).toEqual([200]);
  });

  it("of a deletion is 200, 202 or 204", async () => {
    expect(await statusesOf(({ remove }) => remove())).toEqual([200, 202, 204]);
  });

  it("of a response stream is 200", async () => {
    expect(await statusesOf(({ stream }) => stream())).toEqual([200]);
  });

  it("of a request that the AWS SDK reads is 200", async () => {
    const error = await catchError(open(202).validate());

    expect(error).toMatchObject({
      code: "ERR_RESPONSE",
      message: expect.stringContaining("it has HTTP status 202") as string,
    });
  });

  it("that AWS does not send says that the function may have run, and is not sent again", async () => {
    const { transport, invoke } = open(201);

    const error = await catchError(invoke("RequestResponse"));

    expect(error).toMatchObject({
      code: "ERR_RESPONSE",
      execution: "may-have-run",
      retryable: false,
      requestId: "request-1",
      message:
        "InvokeFunction: the response for the function price cannot be read because it has HTTP status 201 and is not in AWS's format. Another server, such as a proxy, may have sent it; check the endpoint and the proxy. Check the function's log before you send the request again, unless running the function twice is harmless (idempotent: true).",
    });
    expect(transport.sent).toHaveLength(1);
  });
});

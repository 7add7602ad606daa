import {
  AssumeRoleInvoke,
  DeleteFunction,
  GetSessionCredentials,
  InvokeFunction,
  InvokeWithResponseStream,
  ListFunctions,
  PutExternalId,
  ValidateCredentials,
} from "../../../../operations";
import type {
  SendOptions,
  WireRequest,
  WireResponse,
} from "../../../../src/engine/http/transport";
import { connection, exampleCredentials } from "../../../connection";
import { FakeAws } from "../../../FakeAws";
import { FakeClock } from "../../../FakeClock";
import {
  calculateServerSignature,
  readAuthorization,
} from "../../../parity/signatureVerifiers";
import { RSA_INPUT } from "../../../rolesAnywhereFixtures";

/** Less than the time limit of a request for a role session. */
const WAIT_MS = 20_000;

/** A transport whose sockets are in use for a while, and which then sends the request. */
class BusyAws extends FakeAws {
  readonly clock = new FakeClock({ skips: 20_000 });

  override send(
    request: WireRequest,
    options: SendOptions,
  ): Promise<WireResponse> {
    this.clock.pass(WAIT_MS);
    return super.send(request, options);
  }
}

function amzDate({ headers }: WireRequest): number {
  const date = headers["x-amz-date"] ?? "";
  return Date.parse(
    date.replace(/(....)(..)(..T..)(..)(..Z)/, "$1-$2-$3:$4:$5"),
  );
}

interface Hooks {
  readonly transport: BusyAws;
  readonly clock: FakeClock;
}

const OPTIONS = { timeoutMs: 10 * WAIT_MS };
const ROLE_ARN = "arn:aws:iam::222233334444:role/invoker";

const OPERATIONS: readonly (readonly [
  string,
  (hooks: Hooks) => Promise<unknown>,
])[] = [
  [
    "InvokeFunction",
    (hooks) =>
      new InvokeFunction(connection, hooks).execute(
        { functionName: "price:live", payload: { sku: 1 } },
        OPTIONS,
      ),
  ],
  [
    "InvokeWithResponseStream",
    (hooks) =>
      new InvokeWithResponseStream(connection, hooks).execute(
        { functionName: "price" },
        OPTIONS,
      ),
  ],
  [
    "ListFunctions",
    (hooks) => new ListFunctions(connection, hooks).execute({}, OPTIONS),
  ],
  [
    "DeleteFunction",
    (hooks) =>
      new DeleteFunction(connection, hooks).execute(
        {
          functionName:
            "arn:aws:lambda:eu-central-1:111122223333:function:price",
          qualifier: "7",
        },
        OPTIONS,
      ),
  ],
  [
    "ValidateCredentials (STS)",
    (hooks) => new ValidateCredentials(connection, hooks).execute({}, OPTIONS),
  ],
  [
    "PutExternalId (SSM)",
    (hooks) =>
      new PutExternalId(connection, hooks).execute(
        { externalIdKey: "acme/trust", externalId: "only-we-two" },
        OPTIONS,
      ),
  ],
  [
    "AssumeRoleInvoke (STS)",
    (hooks) =>
      new AssumeRoleInvoke(connection, hooks).execute(
        { roleArn: ROLE_ARN, functionName: "price", externalId: "only-we-two" },
        OPTIONS,
      ),
  ],
];

describe("a request that waits for a socket", () => {
  it.each(OPERATIONS)(
    "is signed when it is sent: %s",
    async (_name, execute) => {
      const transport = new BusyAws();
      const { clock } = transport;
      const before = Date.now();
      const usesMachineClock = (time: number): boolean =>
        time >= before - 1_000 + WAIT_MS && time <= Date.now() + 2 * WAIT_MS;

      await execute({ transport, clock }).catch(() => undefined);

      const [request] = transport.requests;
      if (!request) throw new Error("nothing was sent");
      const time = amzDate(request);
      // The AWS SDK signs by the machine's clock; direct codecs sign by the clock of the test hooks.
      expect(time === clock.now() || usesMachineClock(time)).toBe(true);
      const { secretAccessKey } = exampleCredentials;
      // A plain copy: the AWS SDK's subclass logs a warning when it is converted.
      const body =
        typeof request.body === "string"
          ? request.body
          : Uint8Array.from(request.body ?? []);
      expect(readAuthorization(request).signature).toBe(
        calculateServerSignature({ ...request, body }, secretAccessKey),
      );
    },
  );

  it("is signed when it is sent: GetSessionCredentials (Roles Anywhere)", async () => {
    const transport = new BusyAws();
    const { clock } = transport;
    const start = clock.now();

    await new GetSessionCredentials(connection, { transport, clock })
      .execute(RSA_INPUT, OPTIONS)
      .catch(() => undefined);

    expect(transport.requests.slice(0, 1).map(amzDate)).toEqual([
      start + WAIT_MS,
    ]);
  });

  it("is signed once, however often its headers are read", async () => {
    const transport = new BusyAws();
    const { clock } = transport;

    await new InvokeFunction(connection, { transport, clock }).execute({
      functionName: "price",
    });
    const [request] = transport.requests;
    const first = request?.headers;
    clock.pass(WAIT_MS);

    expect(request?.headers).toBe(first);
    expect({ ...request }.headers).toBe(first);
  });
});

import { FakeClock } from "./FakeClock";
import {
  AssumeRoleInvoke,
  DeleteFunction,
  GetStaticCredentials,
  InvokeFunction,
  ListFunctions,
  PutExternalId,
  ValidateCredentials,
} from "../operations";
import { createConnector, trustPolicy } from "../src";
import {
  EXTERNAL_ID,
  parameter,
  ROLE,
  session,
  SESSION_SECRET,
  SESSION_TOKEN,
  storeRefusal,
  tokenRefusal,
} from "./answers";
import { connection, keys } from "./connection";
import { FakeAws, refusal, type Reply } from "./FakeAws";
import { secretsIn, thrownBy } from "./thrownBy";

/** Everything that must never be seen, said by somebody who should not. */
const GOSSIP = [
  keys.secretAccessKey,
  SESSION_SECRET,
  SESSION_TOKEN,
  EXTERNAL_ID,
  encodeURIComponent(SESSION_TOKEN),
].join(" and ");

const mine = {
  ...connection,
  credentials: { ...keys, sessionToken: SESSION_TOKEN },
};

const FAILURES: readonly [string, Reply][] = [
  ["a refusal", refusal(403, "AccessDeniedException", GOSSIP)],
  [
    "a wrong signature",
    refusal(
      403,
      "InvalidSignatureException",
      `no\n\nThe Canonical String for this request should have been ${GOSSIP}`,
    ),
  ],
  ["STS's refusal", tokenRefusal(403, "AccessDenied", GOSSIP)],
  [
    "the Parameter Store's refusal",
    storeRefusal("ValidationException", GOSSIP),
  ],
  ["an answer in HTML", { status: 403, body: `<p>${GOSSIP}</p>` }],
  ["a refused connection", { fails: "ECONNREFUSED", sent: false }],
];

const seams = (...replies: Reply[]) => ({
  transport: new FakeAws().answers(...replies),
  clock: new FakeClock({ skips: 20_000 }),
});

const role = { functionName: "price", roleArn: ROLE };

describe("no secret is seen in any error", () => {
  it.each(FAILURES)("of an own call that ends with %s", async (_, reply) => {
    const own = { ...mine, credentials: { ...mine.credentials } };
    const known = { a: keys.secretAccessKey, b: SESSION_TOKEN };

    const errors = [
      await fails(
        new InvokeFunction(own, seams(reply)).execute({
          functionName: "price",
        }),
      ),
      await fails(
        new DeleteFunction(own, seams(reply)).execute({
          functionName: "price",
        }),
      ),
      await fails(new ListFunctions(own, seams(reply)).execute()),
      await fails(new ValidateCredentials(own, seams(reply)).execute()),
    ];

    const notStored = await fails(
      new PutExternalId(own, seams(reply)).execute({
        externalIdKey: "acme/prod/trustKey",
        externalId: EXTERNAL_ID,
      }),
    );

    expect(errors.flatMap((error) => secretsIn(error, known))).toEqual([]);
    expect(secretsIn(notStored, { ...known, c: EXTERNAL_ID })).toEqual([]);
  });

  it.each(FAILURES)(
    "of a borrowed call that ends with %s, wherever it does",
    async (_, reply) => {
      const byKey = { ...role, externalIdKey: "acme/prod/trustKey" };
      const byValue = { ...role, externalId: EXTERNAL_ID };
      const invoke = (request: typeof role, ...replies: Reply[]) =>
        fails(new AssumeRoleInvoke(mine, seams(...replies)).execute(request));

      const atStore = await invoke(byKey, reply);
      const atRole = await invoke(byKey, parameter(EXTERNAL_ID), reply);
      const atRoleByValue = await invoke(byValue, reply);
      const atFunction = await invoke(byValue, session(), reply);

      const own = { a: keys.secretAccessKey };
      const known = { ...own, b: EXTERNAL_ID };
      const borrowed = { ...known, c: SESSION_SECRET, d: SESSION_TOKEN };
      expect([
        ...secretsIn(atStore, own),
        ...secretsIn(atRole, known),
        ...secretsIn(atRoleByValue, known),
        ...secretsIn(atFunction, borrowed),
      ]).toEqual([]);
    },
  );

  it.each<[string, () => unknown]>([
    [
      "stored external id",
      () =>
        new PutExternalId(mine, seams()).execute({
          externalIdKey: "acme/prod/trustKey",
          externalId: `${EXTERNAL_ID} !`,
        }),
    ],
    [
      "trust policy",
      () => trustPolicy({ principal: "*", externalId: `${EXTERNAL_ID} !` }),
    ],
    [
      "external id",
      () =>
        new AssumeRoleInvoke(mine, seams()).execute({
          ...role,
          externalId: `${EXTERNAL_ID} !`,
        }),
    ],
    [
      "pair of external ids",
      () =>
        new AssumeRoleInvoke(mine, seams()).execute({
          ...role,
          externalId: EXTERNAL_ID,
          externalIdKey: "key",
        }),
    ],
    [
      "secret key",
      () =>
        new GetStaticCredentials(mine, seams()).execute({
          ...keys,
          secretAccessKey: `${keys.secretAccessKey} `,
        }),
    ],
    [
      "session token",
      () =>
        new GetStaticCredentials(mine, seams()).execute({
          ...keys,
          sessionToken: `${SESSION_TOKEN}\n`,
        }),
    ],
    [
      "connection",
      () =>
        createConnector({
          ...connection,
          credentials: {
            ...keys,
            sessionToken: { token: SESSION_TOKEN } as never,
          },
        }),
    ],
  ])("that refuses a %s", async (_, work) => {
    const error = await thrownBy(work);

    expect(error.code).toBe("ERR_INVALID_INPUT");
    expect(secretsIn(error)).toEqual([]);
  });

  it("of a function that gives keys and talks too much", async () => {
    const given = jest
      .fn<Promise<typeof keys>, []>()
      .mockResolvedValueOnce(keys)
      .mockRejectedValue(new Error(`renewing ${keys.secretAccessKey} failed`));
    const connector = createConnector(
      { ...connection, credentials: given },
      seams({ body: '{"Functions":[]}' }),
    );

    await connector.listFunctions();
    const error = await thrownBy(connector.getDefaultCredentials());

    expect(error.code).toBe("ERR_CREDENTIALS");
    expect(secretsIn(error)).toEqual([]);
  });
});

async function fails(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

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

/** A message from AWS that repeats every secret. */
const LEAKING_MESSAGE = [
  keys.secretAccessKey,
  SESSION_SECRET,
  SESSION_TOKEN,
  EXTERNAL_ID,
  encodeURIComponent(SESSION_TOKEN),
].join(" and ");

const withToken = {
  ...connection,
  credentials: { ...keys, sessionToken: SESSION_TOKEN },
};

const FAILURES: readonly [string, Reply][] = [
  ["a rejection", refusal(403, "AccessDeniedException", LEAKING_MESSAGE)],
  [
    "a wrong signature",
    refusal(
      403,
      "InvalidSignatureException",
      `no\n\nThe Canonical String for this request should have been ${LEAKING_MESSAGE}`,
    ),
  ],
  ["a rejection by STS", tokenRefusal(403, "AccessDenied", LEAKING_MESSAGE)],
  [
    "a rejection by Parameter Store",
    storeRefusal("ValidationException", LEAKING_MESSAGE),
  ],
  ["an HTML page", { status: 403, body: `<p>${LEAKING_MESSAGE}</p>` }],
  ["a refused connection", { fails: "ECONNREFUSED", sent: false }],
];

const hooks = (...replies: Reply[]) => ({
  transport: new FakeAws().answers(...replies),
  clock: new FakeClock({ skips: 20_000 }),
});

const role = { functionName: "price", roleArn: ROLE };

describe("errors", () => {
  it.each(FAILURES)(
    "contain no secret when a call with the caller's credentials ends with %s",
    async (_, reply) => {
      const own = { ...withToken, credentials: { ...withToken.credentials } };
      const known = { a: keys.secretAccessKey, b: SESSION_TOKEN };

      const errors = [
        await fails(
          new InvokeFunction(own, hooks(reply)).execute({
            functionName: "price",
          }),
        ),
        await fails(
          new DeleteFunction(own, hooks(reply)).execute({
            functionName: "price",
          }),
        ),
        await fails(new ListFunctions(own, hooks(reply)).execute()),
        await fails(new ValidateCredentials(own, hooks(reply)).execute()),
      ];

      const storeError = await fails(
        new PutExternalId(own, hooks(reply)).execute({
          externalIdKey: "acme/prod/trustKey",
          externalId: EXTERNAL_ID,
        }),
      );

      expect(errors.flatMap((error) => secretsIn(error, known))).toEqual([]);
      expect(secretsIn(storeError, { ...known, c: EXTERNAL_ID })).toEqual([]);
    },
  );

  it.each(FAILURES)(
    "contain no secret when any request of an assumed-role call ends with %s",
    async (_, reply) => {
      const byKey = { ...role, externalIdKey: "acme/prod/trustKey" };
      const byValue = { ...role, externalId: EXTERNAL_ID };
      const invoke = (request: typeof role, ...replies: Reply[]) =>
        fails(
          new AssumeRoleInvoke(withToken, hooks(...replies)).execute(request),
        );

      const atStore = await invoke(byKey, reply);
      const atRole = await invoke(byKey, parameter(EXTERNAL_ID), reply);
      const atRoleByValue = await invoke(byValue, reply);
      const atFunction = await invoke(byValue, session(), reply);

      const own = { a: keys.secretAccessKey };
      const known = { ...own, b: EXTERNAL_ID };
      const withSession = { ...known, c: SESSION_SECRET, d: SESSION_TOKEN };
      expect([
        ...secretsIn(atStore, own),
        ...secretsIn(atRole, known),
        ...secretsIn(atRoleByValue, known),
        ...secretsIn(atFunction, withSession),
      ]).toEqual([]);
    },
  );

  it.each<[string, () => unknown]>([
    [
      "stored external id",
      () =>
        new PutExternalId(withToken, hooks()).execute({
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
        new AssumeRoleInvoke(withToken, hooks()).execute({
          ...role,
          externalId: `${EXTERNAL_ID} !`,
        }),
    ],
    [
      "pair of external ids",
      () =>
        new AssumeRoleInvoke(withToken, hooks()).execute({
          ...role,
          externalId: EXTERNAL_ID,
          externalIdKey: "key",
        }),
    ],
    [
      "secret key",
      () =>
        new GetStaticCredentials(withToken, hooks()).execute({
          ...keys,
          secretAccessKey: `${keys.secretAccessKey} `,
        }),
    ],
    [
      "session token",
      () =>
        new GetStaticCredentials(withToken, hooks()).execute({
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
  ])("contain no secret when they reject a %s", async (_, work) => {
    const error = await thrownBy(work);

    expect(error.code).toBe("ERR_INVALID_INPUT");
    expect(secretsIn(error)).toEqual([]);
  });

  it("contain no secret when a credential provider repeats the secret key in its error", async () => {
    const provider = jest
      .fn<Promise<typeof keys>, []>()
      .mockResolvedValueOnce(keys)
      .mockRejectedValue(new Error(`renewing ${keys.secretAccessKey} failed`));
    const connector = createConnector(
      { ...connection, credentials: provider },
      hooks({ body: '{"Functions":[]}' }),
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

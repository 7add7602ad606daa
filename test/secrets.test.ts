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
import type { CredentialsLike } from "../domain";
import { createConnector, trustPolicy } from "../src";
import {
  EXTERNAL_ID,
  parameterResponse,
  ROLE,
  sessionResponse,
  SESSION_SECRET,
  SESSION_TOKEN,
  parameterStoreError,
  stsError,
} from "./awsResponses";
import { connection, exampleCredentials } from "./connection";
import { FakeAws, lambdaError, type Reply } from "./FakeAws";
import { findSecrets, catchError } from "./catchError";

/** A message from AWS that repeats every secret. */
const LEAKING_MESSAGE = [
  exampleCredentials.secretAccessKey,
  SESSION_SECRET,
  SESSION_TOKEN,
  EXTERNAL_ID,
  encodeURIComponent(SESSION_TOKEN),
].join(" and ");

const withToken = {
  ...connection,
  credentials: { ...exampleCredentials, sessionToken: SESSION_TOKEN },
};

const FAILURES: readonly [string, Reply][] = [
  ["a rejection", lambdaError(403, "AccessDeniedException", LEAKING_MESSAGE)],
  [
    "a wrong signature",
    lambdaError(
      403,
      "InvalidSignatureException",
      `no\n\nThe Canonical String for this request should have been ${LEAKING_MESSAGE}`,
    ),
  ],
  ["a rejection by STS", stsError(403, "AccessDenied", LEAKING_MESSAGE)],
  [
    "a rejection by Parameter Store",
    parameterStoreError("ValidationException", LEAKING_MESSAGE),
  ],
  ["an HTML page", { status: 403, body: `<p>${LEAKING_MESSAGE}</p>` }],
  ["a refused connection", { fails: "ECONNREFUSED", sent: false }],
];

const hooks = (...replies: Reply[]) => ({
  transport: new FakeAws().respondWith(...replies),
  clock: new FakeClock({ skips: 20_000 }),
});

const role = { functionName: "price", roleArn: ROLE };

describe("errors", () => {
  it.each(FAILURES)(
    "contain no secret when a call with the caller's credentials ends with %s",
    async (_, reply) => {
      const own = { ...withToken, credentials: { ...withToken.credentials } };
      const known = { a: exampleCredentials.secretAccessKey, b: SESSION_TOKEN };

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

      expect(errors.flatMap((error) => findSecrets(error, known))).toEqual([]);
      expect(findSecrets(storeError, { ...known, c: EXTERNAL_ID })).toEqual([]);
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
      const atRole = await invoke(byKey, parameterResponse(EXTERNAL_ID), reply);
      const atRoleByValue = await invoke(byValue, reply);
      const atFunction = await invoke(byValue, sessionResponse(), reply);

      const own = { a: exampleCredentials.secretAccessKey };
      const known = { ...own, b: EXTERNAL_ID };
      const withSession = { ...known, c: SESSION_SECRET, d: SESSION_TOKEN };
      expect([
        ...findSecrets(atStore, own),
        ...findSecrets(atRole, known),
        ...findSecrets(atRoleByValue, known),
        ...findSecrets(atFunction, withSession),
      ]).toEqual([]);
    },
  );

  it.each<[string, () => unknown]>([
    [
      "stored external ID",
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
      "external ID",
      () =>
        new AssumeRoleInvoke(withToken, hooks()).execute({
          ...role,
          externalId: `${EXTERNAL_ID} !`,
        }),
    ],
    [
      "pair of external IDs",
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
          ...exampleCredentials,
          secretAccessKey: `${exampleCredentials.secretAccessKey} `,
        }),
    ],
    [
      "session token",
      () =>
        new GetStaticCredentials(withToken, hooks()).execute({
          ...exampleCredentials,
          sessionToken: `${SESSION_TOKEN}\n`,
        }),
    ],
    [
      "connection",
      () =>
        createConnector({
          ...connection,
          credentials: {
            ...exampleCredentials,
            sessionToken: { token: SESSION_TOKEN } as never,
          },
        }),
    ],
  ])("contain no secret when they reject a %s", async (_, work) => {
    const error = await catchError(work);

    expect(error.code).toBe("ERR_INVALID_INPUT");
    expect(findSecrets(error)).toEqual([]);
  });

  it("contain no secret when a credential provider repeats the secret key in its error", async () => {
    const provider = jest
      .fn<Promise<CredentialsLike>, []>()
      .mockResolvedValueOnce({
        ...exampleCredentials,
        expiration: new Date(new FakeClock().now() + 3_600_000),
      })
      .mockRejectedValue(
        new Error(`renewing ${exampleCredentials.secretAccessKey} failed`),
      );
    const { transport, clock } = hooks({ body: '{"Functions":[]}' });
    const connector = createConnector(
      { ...connection, credentials: provider },
      { transport, clock },
    );

    await connector.listFunctions();
    clock.pass(3_600_000);
    const error = await catchError(connector.getDefaultCredentials());

    expect(error.code).toBe("ERR_CREDENTIALS");
    expect(findSecrets(error)).toEqual([]);
  });
});

async function fails(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

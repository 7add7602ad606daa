import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { instanceToPlain } from "class-transformer";
import { createConnector, Credentials } from "aws-lambda-connector";
import type { Fault, LocalAws } from "aws-lambda-connector/local";
import { FakeClock } from "../FakeClock";
import {
  connectionTo,
  EXTERNAL_ID,
  OFFER_ARN,
  ROLE_ARN,
  startWorld,
} from "./world";

/** Returns every common printed form of a thrown value. */
function printed(thrown: unknown): string {
  const texts = [
    inspect(thrown, { depth: Infinity, showHidden: true }),
    inspect(thrown, { depth: Infinity, customInspect: false }),
    String(thrown),
    JSON.stringify(thrown),
    JSON.stringify(instanceToPlain(thrown)),
  ];
  let link = (thrown as Error).cause;
  while (link !== undefined) {
    texts.push(inspect(link, { depth: Infinity, showHidden: true }));
    link = (link as Error).cause;
  }
  return texts.join("\n");
}

describe("a thrown error", () => {
  let local: LocalAws;
  let secrets: string[];

  beforeAll(async () => {
    local = await startWorld({ functions: { price: () => 1 } });
    secrets = [
      local.credentials.secretAccessKey,
      EXTERNAL_ID,
      "another-external-id",
    ];
  });

  afterAll(() => local.close());

  it.each<[string, Fault | undefined, string]>([
    ["the external ID is refused", undefined, "acme/old/trustKey"],
    ["the parameter is missing", undefined, "acme/none/trustKey"],
    [
      "STS repeats what it was sent",
      {
        kind: "status",
        operation: "AssumeRole",
        status: 400,
        code: "ValidationError",
        message: `1 validation error detected: Value '${EXTERNAL_ID}' at 'externalId' failed`,
      },
      "acme/prod/trustKey",
    ],
    [
      "the connection breaks",
      { kind: "reset", when: "after-run", operation: "Invoke" },
      "acme/prod/trustKey",
    ],
    [
      "the answer is garbage",
      { kind: "garbage", operation: "AssumeRole", times: 3 },
      "acme/prod/trustKey",
    ],
    [
      "a page comes instead",
      {
        kind: "status",
        status: 502,
        html: "<html>",
        operation: "GetParameter",
        times: 9,
      },
      "acme/prod/trustKey",
    ],
  ])("prints no secret when %s", async (_, fault, externalIdKey) => {
    const connector = createConnector(connectionTo(local), {
      // Its own clock gives it its own pool, in which no role session is cached yet.
      clock: new FakeClock({ startsAt: Date.now(), skips: 20_000 }),
    });
    local.faults.clear();
    if (fault) local.faults.add(fault);

    const error: unknown = await connector
      .assumeRoleInvoke({
        functionName: OFFER_ARN,
        roleArn: ROLE_ARN,
        externalIdKey,
      })
      .then(
        () => undefined,
        (thrown: unknown) => thrown,
      );

    expect(error).toBeInstanceOf(Object);
    const text = printed(error);
    for (const secret of secrets) expect(text).not.toContain(secret);
  });

  it("prints no session token when AWS repeats the signed request", async () => {
    const token = "a-secret-session-token";
    const message = `The request signature we calculated does not match.\n\nThe Canonical String for this request should have been\n'POST\n/\n\nx-amz-security-token:${token}\n'`;
    const server = createServer((incoming, outgoing) => {
      incoming.resume();
      outgoing.writeHead(403, {
        "x-amzn-errortype": "InvalidSignatureException",
      });
      outgoing.end(JSON.stringify({ message }));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const connector = createConnector({
      region: "eu-central-1",
      endpoint: `http://127.0.0.1:${port}`,
      credentials: { ...local.credentials, sessionToken: token },
    });

    const error: unknown = await connector
      .invokeFunction({ functionName: "price" })
      .then(
        () => undefined,
        (thrown: unknown) => thrown,
      );

    expect(error).toMatchObject({ serviceCode: "InvalidSignatureException" });
    expect(printed(error)).not.toContain(token);
    connector.close();
    server.close();
  });

  it("prints no secret of credentials that are printed themselves", () => {
    const credentials = new Credentials({
      ...local.credentials,
      sessionToken: "a-secret-session-token",
    });

    const text = [
      printed({ credentials }),
      String(credentials),
      JSON.stringify(Object.entries(credentials)),
      inspect(new Error("keys", { cause: { credentials } }), { depth: 9 }),
    ].join("\n");

    expect(text).not.toContain(local.credentials.secretAccessKey);
    expect(text).not.toContain("a-session-token");
    expect(text).toContain(local.credentials.accessKeyId);
  });
});

/**
 * Credentials of a container: the connector returns those of the AWS SDK's provider, or fails as it does. It sends fewer
 * requests: statuses that do not pass are final.
 */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { fromHttp } from "@aws-sdk/credential-provider-http";
import fc from "fast-check";
import { createConnector, type AnyConnectorError } from "../../dist/src";
import type { TestHooks } from "../../src/engine/settings/TestHooks";
import { FakeClock } from "../FakeClock";
import { credentialsDocument } from "../FakeEndpoint";
import {
  always,
  body,
  createClock,
  cutOff,
  document,
  DOCUMENTS,
  inTurn,
  loadOwn,
  loadSdk,
  logger,
  MetadataServer,
  reset,
  type Handle,
} from "./MetadataServer";
import { until } from "../until";

const server = new MetadataServer();

describe("credentials of a container", () => {
  const compare = async (create: () => Handle) => {
    process.env["AWS_CONTAINER_CREDENTIALS_FULL_URI"] =
      `${server.origin}/creds/x?id=1`;
    server.handle = create();
    const expected = await loadSdk(
      fromHttp({ logger, maxRetries: 2, timeout: 300 }),
    );
    const expectedRequests = server.requests.splice(0);
    server.handle = create();
    const actual = await loadOwn();
    return { actual, expected, expectedRequests };
  };

  it.each<readonly [string, () => Handle]>([
    ...DOCUMENTS,
    ["credentials after status 503", inTurn(body("", 503), document)],
    ["credentials after status 429", inTurn(body("", 429), document)],
    ["credentials after a reset", inTurn(reset, reset, document)],
    ["credentials after three failures", inTurn(reset, reset, reset, document)],
    ["status 204", always(body("", 204))],
    ["status 202", always(body(credentialsDocument(), 202))],
  ])("are those of the AWS SDK if the response is %s", async (_, create) => {
    const { actual, expected, expectedRequests } = await compare(create);

    expect(actual).toEqual(expected);
    expect(server.requests[0]).toBe(expectedRequests[0]);
  });

  it.each([
    ["the token", "topsecret"],
    ["another token", "other"],
    ["a token with a line break", "topsecret\r\n"],
    ["no token", ""],
  ])("are those of the AWS SDK with %s", async (_, token) => {
    process.env["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = token;

    const { actual, expected } = await compare(
      always((request, response) => {
        const isAllowed = request.headers.authorization === "topsecret";
        body(credentialsDocument(), isAllowed ? 200 : 401)(request, response);
      }),
    );

    expect(actual).toEqual(expected);
  });

  it("are those of the AWS SDK for generated documents", async () => {
    const field = fc.oneof(
      { weight: 6, arbitrary: fc.string({ minLength: 1, maxLength: 20 }) },
      fc.constantFrom("", undefined),
      fc.jsonValue(),
    );
    const end = fc.oneof(
      {
        weight: 6,
        arbitrary: fc
          .date({
            min: new Date("2090-01-01T00:00:00Z"),
            max: new Date("9999-12-31T00:00:00Z"),
            noInvalidDate: true,
          })
          .map((date) => date.toISOString()),
      },
      fc.string(),
    );
    const fields = { AccessKeyId: field, SecretAccessKey: field, Token: field };
    await fc.assert(
      fc.asyncProperty(
        fc.record({ ...fields, Expiration: end }),
        async (generated) => {
          process.env["AWS_CONTAINER_CREDENTIALS_FULL_URI"] =
            `${server.origin}/creds`;
          server.handle = body(JSON.stringify(generated));
          const expected = await loadSdk(
            fromHttp({ logger, maxRetries: 0, timeout: 1_000 }),
          );

          expect([await loadOwn(), generated]).toEqual([expected, generated]);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe("a request to the endpoint of a container", () => {
  const fail = async (handle: Handle, hooks: TestHooks = {}) => {
    process.env["AWS_CONTAINER_CREDENTIALS_FULL_URI"] =
      `${server.origin}/creds`;
    server.handle = handle;
    const connector = createConnector(
      { region: "eu-central-1", maxAttempts: 1 },
      { clock: createClock(), ...hooks },
    );
    const error = await connector
      .getDefaultCredentials()
      .catch((thrown: unknown) => thrown);
    return (error as AnyConnectorError).message;
  };

  it.each<[string, Handle, string]>([
    [
      "a body without end",
      (_request, response) => {
        const write = (): void => {
          while (!response.destroyed && response.write("x".repeat(10_000)));
        };
        response.on("drain", write);
        write();
      },
      "returned no credentials",
    ],
    ["a part of a body", cutOff, "did not respond (aborted)"],
    ["a reset", reset, "did not respond (read ECONNRESET)"],
    [
      "no HTTP",
      (request) => request.socket.end("secret\r\n\r\n"),
      "did not respond (Parse Error: Expected HTTP/",
    ],
  ])(
    "ends if the response is %s, and closes its socket",
    async (_, handle, reason) => {
      const message = await fail(handle);

      expect(message).toContain(reason);
      expect(message).not.toContain("secret");
      await server.waitForSockets();
    },
  );

  it("ends after five seconds without a complete response, and closes its socket", async () => {
    const clock = new FakeClock();
    const failed = fail(
      (_request, response) => {
        response.writeHead(200).write("{");
      },
      { clock },
    );
    await until(() => server.requests.length === 1);
    clock.pass(4_999);
    const waiting = clock.waiting;
    clock.pass(1);

    expect(await failed).toContain(
      "did not respond (no complete response within 5 seconds)",
    );
    expect(waiting).toBeGreaterThan(0);
    await server.waitForSockets();
  });

  it("is followed by the end of the process", async () => {
    server.handle = document;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [
        "-e",
        `const { createConnector } = require("aws-lambda-connector");
         createConnector({ region: "eu-central-1" }).getDefaultCredentials().then(({ accessKeyId }) => console.log(accessKeyId));`,
      ],
      {
        cwd: join(__dirname, "../.."),
        env: {
          PATH: process.env["PATH"],
          AWS_CONTAINER_CREDENTIALS_FULL_URI: `${server.origin}/creds`,
        },
      },
    );

    expect(stdout).toBe("ASIAOFMACHINE0000001\n");
    await server.waitForSockets();
  });
});

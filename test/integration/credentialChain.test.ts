import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createConnector, type AnyConnectorError } from "../../dist/src";
import { temporaryFolder } from "../temporaryFolder";

const environment = { ...process.env };
const servers: http.Server[] = [];

beforeEach(() => {
  process.env = Object.fromEntries(
    Object.entries(environment).filter(([name]) => !name.startsWith("AWS_")),
  );
});

afterEach(() => {
  process.env = { ...environment };
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** Starts a server that responds to everything. Returns its URL. */
async function serve(status: number, body: string): Promise<string> {
  const server = http.createServer((_request, response) => {
    response.writeHead(status).end(body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Returns the error of the chain with these variables. */
async function fail(
  variables: Readonly<Record<string, string>>,
): Promise<AnyConnectorError> {
  const folder = temporaryFolder("chain");
  Object.assign(process.env, {
    AWS_CONFIG_FILE: join(folder, "config"),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, "credentials"),
    ...variables,
  });
  const connector = createConnector({ region: "eu-central-1" });
  return connector.getDefaultCredentials().then(
    () => {
      throw new Error("Nothing was thrown.");
    },
    (error: unknown) => error as AnyConnectorError,
  );
}

describe("the default chain", () => {
  it.each([
    [
      401,
      false,
      "responded with status 401. Check AWS_CONTAINER_AUTHORIZATION_TOKEN",
    ],
    [
      404,
      false,
      "responded with status 404. Check AWS_CONTAINER_CREDENTIALS_FULL_URI",
    ],
    [503, true, "responded with status 503. Try again later."],
    [200, false, "returned no credentials."],
  ])(
    "names a container's endpoint that responds with %i",
    async (status, retryable, reason) => {
      const url = await serve(status, "{}");

      const error = await fail({
        AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/creds`,
      });

      expect(error).toMatchObject({ code: "ERR_CREDENTIALS", retryable });
      expect(error.message).toContain(
        `the container credentials endpoint ${url}/creds (AWS_CONTAINER_CREDENTIALS_FULL_URI) ${reason}`,
      );
    },
    30_000,
  );

  it("names a container's endpoint whose session token is empty", async () => {
    const url = await serve(
      200,
      JSON.stringify({
        AccessKeyId: "ASIAIOSFODNN7EXAMPLE",
        SecretAccessKey: "wJalrXUtnFEMI/K7MDENG",
        Token: "",
        Expiration: "2099-01-01T00:00:00Z",
      }),
    );

    const error = await fail({
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/creds`,
    });

    expect(error).toMatchObject({ code: "ERR_CREDENTIALS", retryable: false });
    expect(error.message).toContain(
      `the container credentials endpoint ${url}/creds (AWS_CONTAINER_CREDENTIALS_FULL_URI) returned `,
    );
    expect(error.message).not.toContain("function returned");
  });

  it("names a container's endpoint that does not respond", async () => {
    const error = await fail({
      AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1:9/",
    });

    expect(error).toMatchObject({ code: "ERR_CREDENTIALS", retryable: true });
    expect(error.message).toContain(
      "did not respond (connect ECONNREFUSED 127.0.0.1:9)",
    );
  }, 30_000);

  it("names a metadata service that does not respond, or has no role", async () => {
    const silent = await fail({
      AWS_EC2_METADATA_SERVICE_ENDPOINT: "http://127.0.0.1:9",
    });
    const empty = await fail({
      AWS_EC2_METADATA_SERVICE_ENDPOINT: await serve(404, ""),
    });

    expect(silent).toMatchObject({ code: "ERR_CREDENTIALS", retryable: true });
    expect(silent.message).toContain(
      "the instance metadata service at http://127.0.0.1:9 did not respond (ECONNREFUSED)",
    );
    expect(empty).toMatchObject({ code: "ERR_CREDENTIALS", retryable: false });
    expect(empty.message).toContain(
      "responded with status 404, which means that it has no role",
    );
  });
});

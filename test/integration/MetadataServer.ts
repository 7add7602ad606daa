/** A server with the metadata services of containers and instances, and what loads credentials from it. */
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { createConnector, type AnyConnectorError } from "../../dist/src";
import type { TestHooks } from "../../src/engine/settings/TestHooks";
import { credentialsDocument } from "../FakeEndpoint";

/** Handles a request. */
export type Handle = (
  request: http.IncomingMessage,
  response: http.ServerResponse,
) => void;

const ignore = (): void => undefined;
/** For the SDK's providers. */
export const logger = {
  debug: ignore,
  info: ignore,
  warn: ignore,
  error: ignore,
};

/** The server. It forgets requests, and the environment has no settings, before each test. */
export class MetadataServer {
  requests: string[] = [];
  handle: Handle = (_request, response) => {
    response.writeHead(404).end();
  };
  readonly #server = http.createServer((request, response) => {
    this.requests.push(`${request.method} ${request.url}`);
    this.handle(request, response);
  });

  constructor() {
    const environment = { ...process.env };
    beforeAll(async () => {
      await new Promise<void>((resolve) => {
        this.#server.listen(0, "127.0.0.1", resolve);
      });
    });
    beforeEach(() => {
      this.requests = [];
      process.env = Object.fromEntries(
        Object.entries(environment).filter(
          ([name]) => !/^AWS_|_PROXY$/i.test(name),
        ),
      );
      process.env["AWS_CONFIG_FILE"] = "/no-such-file";
      process.env["AWS_SHARED_CREDENTIALS_FILE"] = "/no-such-file";
    });
    afterAll(() => {
      process.env = environment;
      this.#server.close().closeAllConnections();
    });
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Waits until all sockets are closed. If one is not, jest's timeout ends the test. */
  async waitForSockets(): Promise<void> {
    for (let count = -1; count !== 0;)
      count = await new Promise<number>((resolve) => {
        this.#server.getConnections((_error, open) => {
          setImmediate(resolve, open);
        });
      });
  }
}

/** The machine's time. A connector with a clock has a pool of its own. */
export const createClock = () => ({
  now: Date.now,
  after: (ms: number, callback: () => void) => {
    const timer = setTimeout(callback, ms);
    return () => {
      clearTimeout(timer);
    };
  },
});

/** Credentials. */
interface Found {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  readonly expiration?: Date | undefined;
}

/** What is compared: the credentials, with `later` instead of an expiration that was put off. */
function toOutcome(found: Found): unknown {
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = found;
  const strings = [accessKeyId, secretAccessKey, sessionToken];
  const ms = expiration?.getTime() ?? Infinity;
  // The SDK returns empty credentials, with which no request can be signed, and dates that are not valid.
  if (strings.includes("") || Number.isNaN(ms)) return "ERR_CREDENTIALS";
  const isPutOff = ms < Date.now() + 700_000;
  return [...strings, isPutOff ? "later" : expiration?.toISOString()];
}

/** Loads credentials with the connector. The outcome is the code of the error if it fails. */
export async function loadOwn(hooks: TestHooks = {}): Promise<unknown> {
  const connector = createConnector(
    { region: "eu-central-1" },
    { clock: createClock(), ...hooks },
  );
  return connector
    .getDefaultCredentials()
    .then(toOutcome, (error: unknown) => (error as AnyConnectorError).code);
}

/** Loads credentials with a provider of the SDK. */
export async function loadSdk(provide: () => Promise<Found>): Promise<unknown> {
  return provide().then(toOutcome, () => "ERR_CREDENTIALS");
}

/** Responds with a body. */
export const body =
  (
    text: string,
    status = 200,
    headers: http.OutgoingHttpHeaders = {},
  ): Handle =>
  (_request, response) => {
    response.writeHead(status, headers).end(text);
  };
export const reset: Handle = (request) => {
  request.socket.resetAndDestroy();
};
export const cutOff: Handle = (request, response) => {
  response.writeHead(200, { "content-length": 1_000 });
  response.write(credentialsDocument());
  setImmediate(() => request.socket.destroy());
};
/** Handles the first requests in turn, and all others like the last of them. */
export const inTurn = (...all: readonly Handle[]): (() => Handle) => {
  return () => {
    let next = 0;
    return (request, response) => {
      const current = all[Math.min(next++, all.length - 1)];
      current?.(request, response);
    };
  };
};
export const always = (each: Handle) => (): Handle => each;
export const document = body(credentialsDocument());
export const withField = (name: string, value: unknown) =>
  always(body(credentialsDocument({ [name]: value })));

/** Responses to requests for credentials, of a container or an instance. */
export const DOCUMENTS: readonly (readonly [string, () => Handle])[] = [
  ["credentials", always(document)],
  ["a page", always(body("<html>"))],
  ["nothing", always(body(""))],
  ["a list", always(body("[]"))],
  ["null", always(body("null"))],
  ["no key", withField("AccessKeyId", undefined)],
  ["no secret", withField("SecretAccessKey", undefined)],
  ["no token", withField("Token", undefined)],
  ["no expiration", withField("Expiration", undefined)],
  ["a number as key", withField("AccessKeyId", 1)],
  ["an empty key", withField("AccessKeyId", "")],
  ["an empty token", withField("Token", "")],
  ["an account", withField("AccountId", "111122223333")],
  ["a fraction of a second", withField("Expiration", "2099-01-01T00:00:00.5Z")],
  ["another expiration", withField("Expiration", "soon")],
  ["status 400", always(body("{}", 400))],
  ["status 401", always(body("{}", 401))],
  ["status 404", always(body("{}", 404))],
  ["a redirection", always(body("", 302, { location: "/creds" }))],
  ["status 500", always(body(credentialsDocument(), 500))],
  ["a reset connection", always(reset)],
  ["a part of a body", always(cutOff)],
];

import { createServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import {
  createConnector,
  isConnectorError,
  type AnyConnectorError,
  type CallOptions,
  type Connector,
} from "aws-lambda-connector";
import type {
  Fault,
  LocalAws,
  OperationName,
} from "aws-lambda-connector/local";
import { FakeClock } from "../FakeClock";
import { Front, type Trouble } from "./front";
import {
  answers,
  dripping,
  hangsUpAfter,
  resetAfterRead,
  resetBeforeRead,
  silent,
  tenMinutesAhead,
  untrusted,
  type Service,
} from "./troubles";
import {
  connectionTo,
  EXTERNAL_ID,
  OFFER_ARN,
  ROLE_ARN,
  startWorld,
} from "./world";

/** The result of a call: how often the request arrived, and the error. */
type Cell = string;

/** For each request: the service, the action, and the call that sends it. */
const REQUESTS = {
  Invoke: [
    "lambda",
    "Invoke",
    async (connector: Connector, options: CallOptions) => {
      const request = { functionName: "price" };
      return (await connector.invokeFunction(request, options)).payload;
    },
  ],
  "idempotent Invoke": [
    "lambda",
    "Invoke",
    async (connector: Connector, options: CallOptions) => {
      const request = { functionName: "price", idempotent: true };
      return (await connector.invokeFunction(request, options)).payload;
    },
  ],
  ListFunctions: [
    "lambda",
    "ListFunctions",
    (connector: Connector, options: CallOptions) =>
      connector.listFunctions({}, options),
  ],
  DeleteFunction: [
    "lambda",
    "DeleteFunction",
    (connector: Connector, options: CallOptions) =>
      connector.deleteFunction({ functionName: "price" }, options),
  ],
  AssumeRole: [
    "sts",
    "AssumeRole",
    (connector: Connector, options: CallOptions) =>
      connector.assumeRoleInvoke(
        {
          functionName: OFFER_ARN,
          roleArn: ROLE_ARN,
          externalId: EXTERNAL_ID,
        },
        options,
      ),
  ],
  GetParameter: [
    "ssm",
    "GetParameter",
    (connector: Connector, options: CallOptions) =>
      connector.assumeRoleInvoke(
        {
          functionName: OFFER_ARN,
          roleArn: ROLE_ARN,
          externalIdKey: "acme/prod/trustKey",
        },
        options,
      ),
  ],
} as const satisfies Record<
  string,
  readonly [
    Service,
    OperationName,
    (connector: Connector, options: CallOptions) => Promise<unknown>,
  ]
>;

/** Delays between attempts are random up to a maximum. In this file they are a hundredth of it, and the clock skips them. */
const MAX_SKIPPED_MS = 100;

type RequestName = keyof typeof REQUESTS;
type Cells = Readonly<Partial<Record<RequestName, Cell>>>;

/** What goes wrong: a fault of the embedded AWS, trouble before it, or an endpoint on which nothing listens. */
type Cause = Fault | Trouble | (() => Promise<string>);

interface Row {
  readonly fault: string;
  readonly cause: Cause | ((service: Service) => Cause);
  /** What every error message must contain. */
  readonly message: RegExp;
  /** Results if every request fails. */
  readonly always: Cells;
  /** Results if only the first request fails. Optional; without it, the fault does not pass by itself. */
  readonly once?: Cells;
  /** The call's timeout in ms, which passes once the request has arrived. Defaults to one that never passes. */
  readonly timeoutMs?: number;
}

const unknownHost = () => Promise.resolve(`http://${"x".repeat(64)}.invalid`);

async function closedPort(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return `http://127.0.0.1:${port}`;
}

// Results that recur in the table. An invocation that may have run is delivered once, or up to three times if it is
// idempotent. Other requests are tried three times, and succeed if the fault passes.
const RECOVERED = {
  "idempotent Invoke": "2 × succeeded",
  ListFunctions: "2 × succeeded",
  DeleteFunction: "2 × succeeded",
  AssumeRole: "2 × succeeded",
  GetParameter: "2 × succeeded",
};
const LOST = {
  Invoke: "1 × ERR_TRANSPORT, may-have-run, retryable",
  "idempotent Invoke": "3 × ERR_TRANSPORT, may-have-run, retryable",
  ListFunctions: "3 × ERR_TRANSPORT, retryable",
  DeleteFunction: "3 × ERR_TRANSPORT, retryable",
  AssumeRole: "3 × ERR_CREDENTIALS, did-not-run, retryable",
  GetParameter: "3 × ERR_CREDENTIALS, did-not-run, retryable",
};
const LOST_ONCE = { Invoke: LOST.Invoke, ...RECOVERED };
const NOT_CONNECTED = {
  Invoke: "0 × ERR_TRANSPORT, did-not-run, retryable",
  "idempotent Invoke": "0 × ERR_TRANSPORT, did-not-run, retryable",
  ListFunctions: "0 × ERR_TRANSPORT, retryable",
  DeleteFunction: "0 × ERR_TRANSPORT, retryable",
  AssumeRole: "0 × ERR_CREDENTIALS, did-not-run, retryable",
  GetParameter: "0 × ERR_CREDENTIALS, did-not-run, retryable",
};
const OUT_OF_TIME = {
  Invoke: "1 × ERR_DEADLINE, may-have-run, retryable",
  "idempotent Invoke": "1 × ERR_DEADLINE, may-have-run, retryable",
  ListFunctions: "1 × ERR_DEADLINE, retryable",
  DeleteFunction: "1 × ERR_DEADLINE, retryable",
  AssumeRole: "1 × ERR_DEADLINE, did-not-run, retryable",
  GetParameter: "1 × ERR_DEADLINE, did-not-run, retryable",
};
const THROTTLED = {
  Invoke: "3 × ERR_SERVICE TooManyRequestsException, did-not-run, retryable",
  "idempotent Invoke":
    "3 × ERR_SERVICE TooManyRequestsException, did-not-run, retryable",
  ListFunctions: "3 × ERR_SERVICE TooManyRequestsException, retryable",
  DeleteFunction: "3 × ERR_SERVICE TooManyRequestsException, retryable",
  AssumeRole: "3 × ERR_CREDENTIALS Throttling, did-not-run, retryable",
  GetParameter:
    "3 × ERR_CREDENTIALS ThrottlingException, did-not-run, retryable",
};

/** The error page of nginx. It is not XML: its `<hr>` is not closed. */
const BAD_GATEWAY =
  "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>";

const TABLE: readonly Row[] = [
  {
    fault: "the connection is refused",
    cause: closedPort,
    message:
      /at 127\.0\.0\.1:\d+ \(ECONNREFUSED\)(?: for the function price)? because the connection was refused(; the function did not run)?\. Check the endpoint/,
    always: NOT_CONNECTED,
  },
  {
    fault: "the host was not found",
    cause: unknownHost,
    message:
      /at x+\.invalid.* \((ENOTFOUND|EAI_AGAIN)\)(?: for the function price)? because .*[;.] [cC]heck the/,
    always: NOT_CONNECTED,
  },
  {
    fault: "the certificate is not trusted",
    cause: untrusted,
    message:
      /\(DEPTH_ZERO_SELF_SIGNED_CERT\)(?: for the function price)? because the certificate is not trusted.*set ca to the certificate of its certificate authority/,
    always: {
      Invoke: "1 × ERR_TRANSPORT, did-not-run, lasting",
      "idempotent Invoke": "1 × ERR_TRANSPORT, did-not-run, lasting",
      ListFunctions: "1 × ERR_TRANSPORT, lasting",
      DeleteFunction: "1 × ERR_TRANSPORT, lasting",
      AssumeRole: "1 × ERR_CREDENTIALS, did-not-run, lasting",
      GetParameter: "1 × ERR_CREDENTIALS, did-not-run, lasting",
    },
  },
  {
    fault: "the connection is reset before the request is read",
    cause: resetBeforeRead,
    message:
      /\((ECONNRESET|EPIPE)\)(?: for the function price)? because the connection was closed/,
    always: LOST,
    once: LOST_ONCE,
  },
  {
    fault: "the connection is reset after the request was read",
    cause: resetAfterRead,
    message:
      /\(ECONNRESET\)(?: for the function price)? because the connection was closed before the response/,
    always: LOST,
    once: LOST_ONCE,
  },
  {
    fault: "the connection is reset after the function ran",
    cause: { kind: "reset", when: "after-run" },
    message:
      /\(ECONNRESET\)(?: for the function price)? because the connection was closed before the response/,
    always: LOST,
    once: LOST_ONCE,
  },
  {
    fault: "the response is cut off in its headers",
    cause: hangsUpAfter("HTTP/1.1 200 OK\r\nContent-Le"),
    message:
      /\(ECONNRESET\)(?: for the function price)? because the connection was closed before the response/,
    always: LOST,
    once: LOST_ONCE,
  },
  {
    fault: "the response is cut off in its body",
    cause: { kind: "truncate" },
    message:
      /\((TRUNCATED|ECONNRESET)\)(?: for the function price)? because the connection was closed/,
    always: LOST,
    once: LOST_ONCE,
  },
  {
    fault: "no response ever arrives",
    cause: silent,
    message:
      /there was no response within 150 ms(?: for the function price)?.*time/,
    always: OUT_OF_TIME,
    timeoutMs: 150,
  },
  {
    fault: "the response trickles in beyond the deadline",
    cause: dripping,
    message:
      /there was no response within 150 ms(?: for the function price)?.*time/,
    always: OUT_OF_TIME,
    timeoutMs: 150,
  },
  {
    fault: "AWS throttles",
    cause: { kind: "throttle" },
    message: /Throttling|TooManyRequests.* (Wait and try|Try) again/,
    always: THROTTLED,
    once: { Invoke: "2 × succeeded", ...RECOVERED },
  },
  {
    fault: "AWS throttles with a short Retry-After",
    cause: { kind: "throttle", retryAfterSeconds: 0 },
    message: /Throttling|TooManyRequests.* (Wait and try|Try) again/,
    always: THROTTLED,
    once: { Invoke: "2 × succeeded", ...RECOVERED },
  },
  {
    fault: "AWS throttles with a long Retry-After",
    cause: { kind: "throttle", retryAfterSeconds: 21 },
    message: /Throttling|TooManyRequests.* (Wait and try|Try) again/,
    always: {
      Invoke:
        "1 × ERR_SERVICE TooManyRequestsException, did-not-run, retryable",
      "idempotent Invoke":
        "1 × ERR_SERVICE TooManyRequestsException, did-not-run, retryable",
      ListFunctions: "1 × ERR_SERVICE TooManyRequestsException, retryable",
      DeleteFunction: "1 × ERR_SERVICE TooManyRequestsException, retryable",
      AssumeRole: "1 × ERR_CREDENTIALS Throttling, did-not-run, retryable",
      GetParameter:
        "1 × ERR_CREDENTIALS ThrottlingException, did-not-run, retryable",
    },
  },
  {
    fault: "AWS fails with 500",
    cause: { kind: "status", status: 500 },
    message:
      /(ServiceException|InternalFailure|InternalServerError).* [Tt]ry again later/,
    always: {
      Invoke: "1 × ERR_SERVICE ServiceException, may-have-run, retryable",
      "idempotent Invoke":
        "3 × ERR_SERVICE ServiceException, may-have-run, retryable",
      ListFunctions: "3 × ERR_SERVICE ServiceException, retryable",
      DeleteFunction: "3 × ERR_SERVICE ServiceException, retryable",
      AssumeRole: "3 × ERR_CREDENTIALS InternalFailure, did-not-run, retryable",
      GetParameter:
        "3 × ERR_CREDENTIALS InternalServerError, did-not-run, retryable",
    },
    once: {
      Invoke: "1 × ERR_SERVICE ServiceException, may-have-run, retryable",
      ...RECOVERED,
    },
  },
  {
    fault: "a proxy responds with 502 and an HTML page",
    cause: { kind: "status", status: 502, html: BAD_GATEWAY },
    message:
      /HTTP status 502 and is not in AWS's format.*[cC]heck the endpoint and the proxy/,
    always: {
      Invoke: "1 × ERR_RESPONSE, may-have-run, retryable",
      "idempotent Invoke": "3 × ERR_RESPONSE, may-have-run, retryable",
      ListFunctions: "3 × ERR_RESPONSE, retryable",
      DeleteFunction: "3 × ERR_RESPONSE, retryable",
      AssumeRole: "3 × ERR_CREDENTIALS, did-not-run, retryable",
      GetParameter: "3 × ERR_CREDENTIALS, did-not-run, retryable",
    },
    once: { Invoke: "1 × ERR_RESPONSE, may-have-run, retryable", ...RECOVERED },
  },
  {
    fault: "AWS is not available, 503",
    cause: { kind: "status", status: 503, code: "ServiceUnavailable" },
    message: /ServiceUnavailable.* [Tt]ry again later/,
    always: {
      Invoke: "1 × ERR_SERVICE ServiceUnavailable, may-have-run, retryable",
      "idempotent Invoke":
        "3 × ERR_SERVICE ServiceUnavailable, may-have-run, retryable",
      ListFunctions: "3 × ERR_SERVICE ServiceUnavailable, retryable",
      DeleteFunction: "3 × ERR_SERVICE ServiceUnavailable, retryable",
      AssumeRole:
        "3 × ERR_CREDENTIALS ServiceUnavailable, did-not-run, retryable",
      GetParameter:
        "3 × ERR_CREDENTIALS ServiceUnavailable, did-not-run, retryable",
    },
    once: {
      Invoke: "1 × ERR_SERVICE ServiceUnavailable, may-have-run, retryable",
      ...RECOVERED,
    },
  },
  {
    fault: "a gateway responds with 504 and no body",
    cause: answers(504, ""),
    message: /Unknown.* [Tt]ry again later/,
    always: {
      Invoke: "1 × ERR_SERVICE Unknown, may-have-run, retryable",
      "idempotent Invoke": "3 × ERR_SERVICE Unknown, may-have-run, retryable",
      ListFunctions: "3 × ERR_SERVICE Unknown, retryable",
      DeleteFunction: "3 × ERR_SERVICE Unknown, retryable",
      AssumeRole: "3 × ERR_CREDENTIALS Unknown, did-not-run, retryable",
      GetParameter: "3 × ERR_CREDENTIALS Unknown, did-not-run, retryable",
    },
    once: {
      Invoke: "1 × ERR_SERVICE Unknown, may-have-run, retryable",
      ...RECOVERED,
    },
  },
  {
    fault: "the response is shorter than its Content-Length",
    cause: hangsUpAfter("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}"),
    message:
      /\(TRUNCATED\)(?: for the function price)? because the connection was closed before the response was complete/,
    always: LOST,
    once: LOST_ONCE,
  },
  {
    fault: "the response is longer than its Content-Length",
    cause: hangsUpAfter(
      'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{"Functions":[]}',
    ),
    message:
      /\(HPE_\w+\)(?: for the function price)? because the response is not valid HTTP.*[cC]heck the endpoint and the proxy/,
    always: LOST,
    once: LOST_ONCE,
  },
  {
    fault: "the server does not speak HTTP",
    cause: hangsUpAfter("SSH-2.0-OpenSSH_9.7\r\n"),
    message:
      /\(HPE_\w+\)(?: for the function price)? because the response is not valid HTTP.*[cC]heck the endpoint and the proxy/,
    always: LOST,
    once: LOST_ONCE,
  },
  {
    fault: "the response is garbage",
    cause: { kind: "garbage" },
    message:
      /the response(?: for the function price)? cannot be read .*[cC]heck the endpoint and the proxy|is not JSON \(\d+ characters\)\. Read payloadText/,
    always: {
      Invoke: "1 × ERR_RESPONSE, ran, lasting",
      "idempotent Invoke": "1 × ERR_RESPONSE, ran, lasting",
      ListFunctions: "1 × ERR_RESPONSE, lasting",
      AssumeRole: "1 × ERR_CREDENTIALS, did-not-run, lasting",
      GetParameter: "1 × ERR_CREDENTIALS, did-not-run, lasting",
    },
  },
  {
    fault: "STS responds with half of its XML",
    cause: answers(
      200,
      "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA",
    ),
    message:
      /the role arn:.* could not be assumed; the response cannot be read/,
    always: { AssumeRole: "1 × ERR_CREDENTIALS, did-not-run, lasting" },
  },
  {
    fault: "STS responds without credentials",
    cause: answers(
      200,
      "<AssumeRoleResponse><AssumeRoleResult></AssumeRoleResult></AssumeRoleResponse>",
    ),
    message:
      /the role arn:.* could not be assumed; .*STS returned no credentials/,
    always: { AssumeRole: "1 × ERR_CREDENTIALS, did-not-run, lasting" },
  },
  {
    fault: "the credentials have expired",
    cause: { kind: "expired-token" },
    message: /ExpiredToken.*Get new credentials/,
    always: {
      Invoke: "1 × ERR_SERVICE ExpiredTokenException, did-not-run, lasting",
      "idempotent Invoke":
        "1 × ERR_SERVICE ExpiredTokenException, did-not-run, lasting",
      ListFunctions: "1 × ERR_SERVICE ExpiredTokenException, lasting",
      DeleteFunction: "1 × ERR_SERVICE ExpiredTokenException, lasting",
      AssumeRole: "1 × ERR_CREDENTIALS ExpiredToken, did-not-run, lasting",
      GetParameter:
        "1 × ERR_CREDENTIALS ExpiredTokenException, did-not-run, lasting",
    },
  },
  {
    fault: "the clock is ten minutes off, by AWS's Date",
    cause: tenMinutesAhead,
    message:
      /(InvalidSignatureException|SignatureDoesNotMatch).*this machine's clock/,
    always: {
      Invoke: "2 × ERR_SERVICE InvalidSignatureException, did-not-run, lasting",
      "idempotent Invoke":
        "2 × ERR_SERVICE InvalidSignatureException, did-not-run, lasting",
      ListFunctions: "2 × ERR_SERVICE InvalidSignatureException, lasting",
      DeleteFunction: "2 × ERR_SERVICE InvalidSignatureException, lasting",
      AssumeRole:
        "2 × ERR_CREDENTIALS SignatureDoesNotMatch, did-not-run, lasting",
      GetParameter:
        "2 × ERR_CREDENTIALS InvalidSignatureException, did-not-run, lasting",
    },
    once: { Invoke: "2 × succeeded", ...RECOVERED },
  },
];

describe("the fault table", () => {
  let local: LocalAws;
  let runs: number;

  beforeAll(async () => {
    local = await startWorld();
    jest.spyOn(Math, "random").mockReturnValue(0.01);
  });

  beforeEach(async () => {
    runs = 0;
    local.faults.clear();
    await local.createFunction("price", () => ++runs);
  });

  afterAll(async () => {
    jest.restoreAllMocks();
    await local.close();
  });

  /** Makes one call over a separate connection, with a fault in one service. */
  async function callWithFault(request: RequestName, row: Row, times: number) {
    const [service, operation, act] = REQUESTS[request];
    const { endpoint, front } = await arrange(row, {
      service,
      operation,
      times,
    });
    const clock = new FakeClock({
      startsAt: Date.now(),
      skips: MAX_SKIPPED_MS,
    });
    const connector = createConnector(
      {
        ...connectionTo(local),
        endpoint: {
          lambda: local.endpoint,
          sts: local.endpoint,
          ssm: local.endpoint,
          [service]: endpoint,
        },
      },
      { clock },
    );
    const { timeoutMs } = row;
    const outcome = act(connector, timeoutMs ? { timeoutMs } : {}).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (timeoutMs) {
      await front?.untilRequests(1);
      clock.pass(timeoutMs);
    }
    const error = await outcome;
    connector.close();
    await front?.close();
    return { cell: toCell(front?.deliveries ?? 0, error), error };
  }

  async function arrange(
    { cause }: Row,
    at: { service: Service; operation: OperationName; times: number },
  ): Promise<{ endpoint: string; front?: Front }> {
    const { service, operation, times } = at;
    if (cause === unknownHost || cause === closedPort)
      return { endpoint: await (cause as () => Promise<string>)() };
    const trouble =
      typeof cause === "function"
        ? (cause as (service: Service) => Trouble)(service)
        : cause;
    const isFault = "kind" in trouble;
    if (isFault) local.faults.add({ ...trouble, operation, times });
    const front = await Front.open(
      local.endpoint,
      isFault ? {} : { ...trouble, times },
    );
    return { endpoint: front.endpoint, front };
  }

  const cells = (which: "always" | "once") =>
    TABLE.flatMap((row) =>
      Object.entries(row[which] ?? {}).map(([request, cell]) => ({
        request: request as RequestName,
        fault: row.fault,
        cell,
        row,
      })),
    );

  it.each(cells("always"))(
    "gives for $request when $fault: $cell",
    async ({ request, cell: expected, row }) => {
      const { cell, error } = await callWithFault(request, row, Infinity);

      expect(cell).toBe(expected);
      expect(messageOf(error)).toMatch(row.message);
      expect(messageOf(error)).toMatch(expectedMessage(request, expected));
      expect(runs).toBeLessThanOrEqual(request === "Invoke" ? 1 : 3);
    },
  );

  it.each(cells("once"))(
    "gives for $request when once $fault: $cell",
    async ({ request, cell: expected, row }) => {
      const { cell } = await callWithFault(request, row, 1);

      expect(cell).toBe(expected);
      expect(runs).toBeLessThanOrEqual(request === "Invoke" ? 1 : 2);
    },
  );

  it("covers every fault for every request", () => {
    const missing = TABLE.filter(
      ({ fault }) => !fault.startsWith("STS"),
    ).flatMap(({ fault, always }) =>
      Object.keys(REQUESTS)
        .filter((request) => !(request in always))
        .map((request) => `${request} when ${fault}`),
    );

    // AWS responds to a deletion with an empty body, which is not read.
    expect(missing).toEqual(["DeleteFunction when the response is garbage"]);
    expect(cells("always").length + cells("once").length).toBe(229);
  });
});

function toCell(deliveries: number, error: unknown): Cell {
  if (error === undefined) return `${deliveries} × succeeded`;
  if (!isConnectorError(error)) throw error as Error;
  const { code, execution, retryable } = error;
  return [
    [`${deliveries} × ${code}`, serviceCodeOf(error)].filter(Boolean).join(" "),
    ...(execution === undefined ? [] : [execution]),
    retryable ? "retryable" : "lasting",
  ].join(", ");
}

function serviceCodeOf(error: AnyConnectorError): string | undefined {
  return error.code === "ERR_SERVICE" || error.code === "ERR_CREDENTIALS"
    ? error.serviceCode
    : undefined;
}

function messageOf(error: unknown): string {
  return isConnectorError(error) ? error.message : "";
}

/** One line that starts with the operation, ends with a period, and contains the execution if there is one. */
function expectedMessage(request: RequestName, cell: Cell): RegExp {
  const operation = {
    Invoke: "InvokeFunction",
    "idempotent Invoke": "InvokeFunction",
    ListFunctions: "ListFunctions",
    DeleteFunction: "DeleteFunction",
    AssumeRole: "AssumeRoleInvoke",
    GetParameter: "AssumeRoleInvoke",
  }[request];
  const assumesRole = request === "AssumeRole" || request === "GetParameter";
  const subject =
    cell.includes("ERR_CREDENTIALS") && request === "AssumeRole"
      ? `.*the role ${ROLE_ARN} could not be assumed`
      : cell.includes("ERR_CREDENTIALS")
        ? ".*parameter acme/prod/trustKey"
        : "";
  const isRepeatable = request === "idempotent Invoke";
  const execution =
    cell.includes("may-have-run") && !isRepeatable
      ? ".*Check the function's log before you send the request again"
      : assumesRole
        ? ".*did not run"
        : "";
  return new RegExp(`^${operation}: (?=${subject})(?=${execution}).+\\.$`);
}

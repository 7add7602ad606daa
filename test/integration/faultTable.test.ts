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

/** The outcome of a call: how many attempts arrived, and the error that the caller received. */
type Cell = string;

/** The requests: their service, their operation, and the call that sends them. */
const ASKED = {
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

/** Delays between attempts are random up to a maximum. In this file they are 1% of the maximum, and are skipped. */
const LONGEST_PAUSE = 100;

type Asked = keyof typeof ASKED;
type Cells = Readonly<Partial<Record<Asked, Cell>>>;

/** A fault of the embedded AWS, a network fault in front of it, or the URL of an endpoint that does not respond. */
type Wrong = Fault | Trouble | (() => Promise<string>);

interface Row {
  readonly fault: string;
  readonly is: Wrong | ((service: Service) => Wrong);
  /** The part of the error message that describes the fault; the same for every request. */
  readonly says: RegExp;
  /** The outcomes if the fault persists. */
  readonly always: Cells;
  /** The outcomes if the fault affects only the first request. Omitted if the fault cannot disappear by itself. */
  readonly once?: Cells;
  /** The call's timeout in ms, which expires after the request has arrived. Defaults to a timeout that never expires. */
  readonly timeoutMs?: number;
}

const nowhere = () => Promise.resolve(`http://${"x".repeat(64)}.invalid`);

async function closedPort(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return `http://127.0.0.1:${port}`;
}

// Outcomes that recur in the table. An invocation that may have run is sent once, or up to three times if it is idempotent.
// Reads and credential requests are attempted three times, and succeed if the fault disappears.
const RECOVERED = {
  "idempotent Invoke": "2 × answered",
  ListFunctions: "2 × answered",
  DeleteFunction: "2 × answered",
  AssumeRole: "2 × answered",
  GetParameter: "2 × answered",
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

/** The page that nginx shows; no XML, as its `<hr>` has no end. */
const BAD_GATEWAY =
  "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>";

const TABLE: readonly Row[] = [
  {
    fault: "the connection is refused",
    is: closedPort,
    says: /at 127\.0\.0\.1:\d+ \(ECONNREFUSED\): the connection was refused.*\. Check the endpoint/,
    always: NOT_CONNECTED,
  },
  {
    fault: "the host was not found",
    is: nowhere,
    says: /at x+\.invalid.* \((ENOTFOUND|EAI_AGAIN)\): .*[;.] [cC]heck the/,
    always: NOT_CONNECTED,
  },
  {
    fault: "the certificate is not trusted",
    is: untrusted,
    says: /\(DEPTH_ZERO_SELF_SIGNED_CERT\): the certificate is not trusted.*set ca to .*/,
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
    is: resetBeforeRead,
    says: /\((ECONNRESET|EPIPE)\): the connection was closed/,
    always: LOST,
    once: LOST_ONCE,
  },
  {
    fault: "the connection is reset after the request was read",
    is: resetAfterRead,
    says: /\(ECONNRESET\): the connection was closed before the response/,
    always: LOST,
    once: LOST_ONCE,
  },
  {
    fault: "the connection is reset after it was done",
    is: { kind: "reset", when: "after-run" },
    says: /\(ECONNRESET\): the connection was closed before the response/,
    always: LOST,
    once: LOST_ONCE,
  },
  {
    fault: "the answer breaks off in its headers",
    is: hangsUpAfter("HTTP/1.1 200 OK\r\nContent-Le"),
    says: /\(ECONNRESET\): the connection was closed before the response/,
    always: LOST,
    once: LOST_ONCE,
  },
  {
    fault: "the answer breaks off in its body",
    is: { kind: "truncate" },
    says: /\((TRUNCATED|ECONNRESET)\): the (response was cut off|connection was closed)/,
    always: LOST,
    once: LOST_ONCE,
  },
  {
    fault: "nothing is ever answered",
    is: silent,
    says: /there was no response within 150 ms.*time/,
    always: OUT_OF_TIME,
    timeoutMs: 150,
  },
  {
    fault: "the answer drips beyond the deadline",
    is: dripping,
    says: /there was no response within 150 ms.*time/,
    always: OUT_OF_TIME,
    timeoutMs: 150,
  },
  {
    fault: "AWS throttles",
    is: { kind: "throttle" },
    says: /Throttling|TooManyRequests.* (Wait and try|Try) again/,
    always: THROTTLED,
    once: { Invoke: "2 × answered", ...RECOVERED },
  },
  {
    fault: "AWS throttles and says for how long",
    is: { kind: "throttle", retryAfterSeconds: 0 },
    says: /Throttling|TooManyRequests.* (Wait and try|Try) again/,
    always: THROTTLED,
    once: { Invoke: "2 × answered", ...RECOVERED },
  },
  {
    fault: "AWS throttles and wants to be left alone for long",
    is: { kind: "throttle", retryAfterSeconds: 21 },
    says: /Throttling|TooManyRequests.* (Wait and try|Try) again/,
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
    is: { kind: "status", status: 500 },
    says: /(ServiceException|InternalFailure|InternalServerError).* [Tt]ry again later/,
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
    fault: "a proxy answers with 502 and a page",
    is: { kind: "status", status: 502, html: BAD_GATEWAY },
    says: /HTTP status 502 and is not in AWS's format.*[cC]heck the endpoint and the proxy/,
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
    is: { kind: "status", status: 503, code: "ServiceUnavailable" },
    says: /ServiceUnavailable.* [Tt]ry again later/,
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
    fault: "a gateway gives up with 504 and no word",
    is: answers(504, ""),
    says: /Unknown.* [Tt]ry again later/,
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
    fault: "the answer is shorter than it says",
    is: hangsUpAfter("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}"),
    says: /\(TRUNCATED\): the response was cut off/,
    always: LOST,
    once: LOST_ONCE,
  },
  {
    fault: "the answer is longer than it says",
    is: hangsUpAfter(
      'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{"Functions":[]}',
    ),
    says: /\(HPE_\w+\): the response is not valid HTTP.*[cC]heck the endpoint and the proxy/,
    always: LOST,
    once: LOST_ONCE,
  },
  {
    fault: "the server does not speak HTTP",
    is: hangsUpAfter("SSH-2.0-OpenSSH_9.7\r\n"),
    says: /\(HPE_\w+\): the response is not valid HTTP.*[cC]heck the endpoint and the proxy/,
    always: LOST,
    once: LOST_ONCE,
  },
  {
    fault: "the answer is garbage",
    is: { kind: "garbage" },
    says: /the response cannot be read: .*[cC]heck the endpoint and the proxy|is not JSON \(\d+ characters\)\. Read payloadText/,
    always: {
      Invoke: "1 × ERR_RESPONSE, ran, lasting",
      "idempotent Invoke": "1 × ERR_RESPONSE, ran, lasting",
      ListFunctions: "1 × ERR_RESPONSE, lasting",
      AssumeRole: "1 × ERR_CREDENTIALS, did-not-run, lasting",
      GetParameter: "1 × ERR_CREDENTIALS, did-not-run, lasting",
    },
  },
  {
    fault: "STS answers with half of its XML",
    is: answers(
      200,
      "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA",
    ),
    says: /the role arn:.* could not be assumed: the response cannot be read/,
    always: { AssumeRole: "1 × ERR_CREDENTIALS, did-not-run, lasting" },
  },
  {
    fault: "STS answers without keys",
    is: answers(
      200,
      "<AssumeRoleResponse><AssumeRoleResult></AssumeRoleResult></AssumeRoleResponse>",
    ),
    says: /the role arn:.* could not be assumed: .*STS returned no credentials/,
    always: { AssumeRole: "1 × ERR_CREDENTIALS, did-not-run, lasting" },
  },
  {
    fault: "the keys have expired",
    is: { kind: "expired-token" },
    says: /ExpiredToken.*Get new credentials/,
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
    is: tenMinutesAhead,
    says: /(InvalidSignatureException|SignatureDoesNotMatch).*this machine's clock/,
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
    once: { Invoke: "2 × answered", ...RECOVERED },
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
  async function meet(asked: Asked, row: Row, times: number) {
    const [service, operation, act] = ASKED[asked];
    const { place, front } = await arrange(row, { service, operation, times });
    const own = connectionTo(local);
    const clock = new FakeClock({ startsAt: Date.now(), skips: LONGEST_PAUSE });
    const connector = createConnector(
      {
        ...own,
        endpoint: {
          lambda: local.endpoint,
          sts: local.endpoint,
          ssm: local.endpoint,
          [service]: place,
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
    { is }: Row,
    at: { service: Service; operation: OperationName; times: number },
  ): Promise<{ place: string; front?: Front }> {
    const { service, operation, times } = at;
    if (is === nowhere || is === closedPort)
      return { place: await (is as () => Promise<string>)() };
    const wrong =
      typeof is === "function"
        ? (is as (service: Service) => Trouble)(service)
        : is;
    const isFault = "kind" in wrong;
    if (isFault) local.faults.add({ ...wrong, operation, times });
    const front = await Front.open(
      local.endpoint,
      isFault ? {} : { ...wrong, times },
    );
    return { place: front.endpoint, front };
  }

  const cells = (which: "always" | "once") =>
    TABLE.flatMap((row) =>
      Object.entries(row[which] ?? {}).map(([asked, cell]) => ({
        asked: asked as Asked,
        fault: row.fault,
        cell,
        row,
      })),
    );

  it.each(cells("always"))(
    "gives for $asked when $fault: $cell",
    async ({ asked, cell: expected, row }) => {
      const { cell, error } = await meet(asked, row, Infinity);

      expect(cell).toBe(expected);
      expect(messageOf(error)).toMatch(row.says);
      expect(messageOf(error)).toMatch(toldAt(asked, expected));
      expect(runs).toBeLessThanOrEqual(asked === "Invoke" ? 1 : 3);
    },
  );

  it.each(cells("once"))(
    "gives for $asked when once $fault: $cell",
    async ({ asked, cell: expected, row }) => {
      const { cell } = await meet(asked, row, 1);

      expect(cell).toBe(expected);
      expect(runs).toBeLessThanOrEqual(asked === "Invoke" ? 1 : 2);
    },
  );

  it("covers every fault for every request", () => {
    const missing = TABLE.filter(
      ({ fault }) => !fault.startsWith("STS"),
    ).flatMap(({ fault, always }) =>
      Object.keys(ASKED)
        .filter((asked) => !(asked in always))
        .map((asked) => `${asked} when ${fault}`),
    );

    // AWS responds to a deletion with an empty body, so the client never reads the body.
    expect(missing).toEqual(["DeleteFunction when the answer is garbage"]);
    expect(cells("always").length + cells("once").length).toBe(229);
  });
});

function toCell(deliveries: number, error: unknown): Cell {
  if (error === undefined) return `${deliveries} × answered`;
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

/** Matches one line that starts with the operation, ends with a period, and states the execution verdict if it matters. */
function toldAt(asked: Asked, cell: Cell): RegExp {
  const operation = {
    Invoke: "InvokeFunction",
    "idempotent Invoke": "InvokeFunction",
    ListFunctions: "ListFunctions",
    DeleteFunction: "DeleteFunction",
    AssumeRole: "AssumeRoleInvoke",
    GetParameter: "AssumeRoleInvoke",
  }[asked];
  const assumesRole = asked === "AssumeRole" || asked === "GetParameter";
  const subject =
    cell.includes("ERR_CREDENTIALS") && asked === "AssumeRole"
      ? `.*the role ${ROLE_ARN} could not be assumed`
      : cell.includes("ERR_CREDENTIALS")
        ? ".*parameter acme/prod/trustKey"
        : "";
  const verdict = cell.includes("may-have-run")
    ? ".*Check the function's log before you send the request again"
    : assumesRole
      ? ".*did not run"
      : "";
  return new RegExp(`^${operation}: (?=${subject})(?=${verdict}).+\\.$`);
}

import { createConnector, type Connection, type Connector } from "../src";
import type { Input } from "../src/engine/validation/Input";
import { connection } from "./connection";
import { FakeClock } from "./FakeClock";
import { FakeRoles } from "./FakeRoles";

/** The account of the role. */
export const ACCOUNT = "222233334444";
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/lister`;
export const KEY = "acme/prod/trustKey";
export const INVOKE = "lambda POST /2015-03-31/functions/price/invocations";
export const LIST = "lambda GET /2015-03-31/functions";

type Role = NonNullable<Input<Connection>["role"]>;

/** Creates a connector with a role, a fake AWS and a fake clock. */
export function openWithRole(
  role: Role = { roleArn: ROLE, externalIdKey: KEY },
  other: Input<Connection> = {},
) {
  const clock = new FakeClock();
  const aws = new FakeRoles(clock);
  const hooks = { transport: aws, clock };
  const connector = createConnector({ ...connection, ...other, role }, hooks);
  return { clock, aws, hooks, connector };
}

/** Reads a stream to its end. */
export async function readAll(
  stream: AsyncIterable<unknown>,
): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const item of stream) all.push(item);
  return all;
}

/** Each operation that sends requests with the caller's credentials, with a request. */
export const OPERATIONS: readonly [
  name: string,
  run: (connector: Connector) => Promise<unknown>,
  action: string,
][] = [
  [
    "InvokeFunction",
    (connector) => connector.invokeFunction({ functionName: "price" }),
    INVOKE,
  ],
  ["ListFunctions", (connector) => connector.listFunctions(), LIST],
  [
    "ListFunctions.stream",
    (connector) => readAll(connector.listFunctions.stream()),
    LIST,
  ],
  ["ListFunctions.page", (connector) => connector.listFunctions.page(), LIST],
  [
    "InvokeWithResponseStream",
    (connector) =>
      connector.invokeWithResponseStream({
        functionName: "price",
        invocationType: "DryRun",
      }),
    "lambda POST /2021-11-15/functions/price/response-streaming-invocations",
  ],
  [
    "DeleteFunction",
    (connector) => connector.deleteFunction({ functionName: "price" }),
    "lambda DELETE /2015-03-31/functions/price",
  ],
  [
    "InvokeMany",
    (connector) =>
      connector.invokeMany({ requests: [{ functionName: "price" }] }),
    INVOKE,
  ],
  [
    "InvokeMany.stream",
    (connector) =>
      readAll(
        connector.invokeMany.stream({ requests: [{ functionName: "price" }] }),
      ),
    INVOKE,
  ],
  [
    "PutExternalId",
    (connector) => connector.putExternalId({ externalIdKey: "acme/new" }),
    "ssm PutParameter",
  ],
  [
    "ValidateCredentials",
    (connector) => connector.validateCredentials(),
    "sts GetCallerIdentity",
  ],
  [
    "a typed function",
    (connector) => connector.function("price")({ sku: "A-17" }),
    INVOKE,
  ],
];

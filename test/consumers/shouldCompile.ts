// Right calls, in the strictest mode.
import {
  AWS_Region,
  createConnector,
  Credentials,
  InvocationOutcome,
  InvocationType,
  InvokeFunction,
  isConnectorError,
  ListFunctions,
  type AnyConnectorError,
  type CallOptions,
  type DistributedMap,
  type FunctionResponse,
  type InvokeFunctionResponse,
  type StandardSchema,
  type TypedOutcome,
  toDistributedMap,
  toMapItems,
} from "aws-lambda-connector";
import { Function as LambdaFunction } from "aws-lambda-connector/domain";
import { DeleteFunction } from "aws-lambda-connector/operations";
import {
  allow,
  sidecar,
  terminate,
  type SidecarResponse,
  type PreProcessorInput,
} from "aws-lambda-connector/gateway/boomi";
import {
  createRoute,
  toExpress,
  toFastify,
  toFetch,
  toNode,
  type Step,
} from "aws-lambda-connector/gateway";
import { createServer } from "node:http";
import { startLocalAws, type LocalAws } from "aws-lambda-connector/local";

class Price {
  total!: number;
}

const textToNumber: StandardSchema<string, number> = {
  "~standard": {
    version: 1,
    vendor: "own",
    validate: (value) => ({ value: String(value).length }),
  },
};

export async function right(): Promise<void> {
  const local: LocalAws = await startLocalAws({
    functions: {
      typed: async (event: { sku: string }) => event.sku,
      silent: () => undefined,
      callback: (_event, _context, callback) => {
        callback(null, "done");
      },
    },
  });
  const connector = createConnector({
    region: AWS_Region.eu_central_1,
    endpoint: local.endpoint,
    credentials: new Credentials(local.credentials),
    timeoutMs: undefined,
  });
  const all: FunctionResponse[] = await connector.listFunctions();
  const page = await connector.listFunctions.page({ maxItems: 10 });
  const marker: string | undefined = page.nextMarker;
  for await (const fn of connector.listFunctions.stream({ limit: 1, marker }))
    console.log(fn.memorySize, fn.vpcConfig?.subnetIds, all.length);
  const answer: InvokeFunctionResponse = await connector.invokeFunction(
    { functionName: "typed", payload: [1, null], qualifier: undefined },
    { timeoutMs: 5_000, signal: AbortSignal.timeout(1_000) },
  );
  const unlimited: CallOptions = { signal: undefined, timeoutMs: undefined };
  await connector.invokeFunction({ functionName: "typed" }, unlimited);
  await connector.invokeFunction({
    functionName: "typed",
    invocationType: InvocationType.Event,
  });
  await connector.invokeFunction({
    functionName: "typed",
    invocationType: "DryRun",
  });
  const price = connector.function("price", { response: Price });
  const { total }: Price = await price({ sku: "A-17" });
  const typed = await connector.invokeFunction<Price>({
    functionName: "typed",
  });
  const sum: number = typed.payload.total;
  const asserted: InvokeFunctionResponse<Price> =
    await new InvokeFunction().execute<Price>({ functionName: "typed" });
  const { payload: copied } = { ...asserted };
  const copiedTotal: number = copied.total;
  const role = await connector.assumeRoleInvoke<Price>({
    functionName: "typed",
    roleArn: "arn:aws:iam::222233334444:role/invoker",
  });
  const listedPrices = await connector.invokeMany<Price>({ requests: [] });
  const first: number | undefined = listedPrices[0]?.response?.payload.total;
  for await (const each of connector.invokeMany.stream<Price>({ requests: [] }))
    if (each.error) console.log(each.error.code, role.payload.total);
    else console.log(each.response.payload.total.toFixed());
  for (const { index, response, error } of listedPrices)
    console.log(index, error ? error.message : response.payload.total);
  const kept: InvocationOutcome<Price>[] = listedPrices.filter(
    (each) => each instanceof InvocationOutcome,
  );
  const totals: number[] = kept.flatMap(({ response, error }) =>
    error ? [] : [response.payload.total],
  );
  const length = connector.function("length", {
    request: textToNumber,
    response: textToNumber,
  });
  const lengthOf: number = await length("A-17");
  const outcomes = await length.many(["A-17"], {
    concurrency: 5,
    resumeFile: "/tmp/run",
    onProgress: ({ done }) => {
      console.log(done);
    },
  });
  const lengths: (number | undefined)[] = outcomes.map(({ value }) => value);
  for await (const { value, error } of length.many.stream(new Set(["A"])))
    console.log(error ? error.code : value.toFixed(), totals);
  for (const each of outcomes)
    if (each.error) console.log(each.error.execution);
    else console.log(each.value.toFixed(), each.response.payload.toFixed());
  const failed: TypedOutcome<number>[] = outcomes.filter(({ error }) => error);
  console.log(failed.map(({ error }) => error?.code));
  const flag = connector.function("flag", {
    request: String,
    response: Boolean,
  });
  const isSet: boolean = await flag("A-17", { timeoutMs: 500 });
  const anything: unknown = await connector.function("typed")([1]);
  const explicit = connector.function<{ sku: string }, Price>("typed");
  const explicitTotal: number = (await explicit({ sku: "A-17" })).total;
  console.log(sum, copiedTotal, first, lengthOf, lengths, isSet, anything);
  console.log(explicitTotal);
  const gone: boolean = await new DeleteFunction().execute({
    functionName: "typed",
  });
  const listed = await new ListFunctions({ region: "xx-new-9" }).execute();
  await new InvokeFunction({}).execute({ functionName: "typed" });
  console.log(answer.payload, total, gone, listed, new LambdaFunction());
}

export function told(error: unknown): string {
  if (!isConnectorError(error)) return "foreign";
  const closed: AnyConnectorError = error;
  switch (closed.code) {
    case "ERR_INVALID_INPUT":
      return closed.issues.map(({ path }) => path).join();
    case "ERR_CREDENTIALS":
      return closed.roleArn ?? "";
    case "ERR_SERVICE":
      return `${closed.httpStatus} ${closed.serviceCode}`;
    case "ERR_DEADLINE":
      return closed.reason;
    case "ERR_FUNCTION":
      return closed.response.payloadText;
    case "ERR_TRANSPORT":
    case "ERR_RESPONSE":
      return closed.execution ?? "";
  }
}

export function guarded(): void {
  const stamp: Step = {
    name: "stamp",
    request: async ({ request }) => {
      const bytes = await request.body.read(1_024);
      return bytes
        ? { change: { setHeaders: { "X-Length": `${bytes.length}` } } }
        : undefined;
    },
    response: () => ({ respond: { status: 503, body: "later" } }),
  };
  const guard = sidecar({
    connector: createConnector(),
    endpoint: { serviceId: "svc", endpointId: "ep", timeoutMs: 5_000 },
    preInput: {
      region: "eu-central-1",
      functionARN: "arn:aws:lambda:eu-central-1:222233334444:function:guard",
      roleARN: "arn:aws:iam::222233334444:role/tibco_sidecar_connector_guard",
      externalIdKey: "acme/prod/trustKey",
      timeout: 400,
      "include-request-headers": ["X-Tier"],
      "sidecar-param-strict": true,
    },
    caller: ({ request }) => ({
      packageKey: request.headers.get("x-key") ?? "",
    }),
    onFailure: ({ error, isSuppressed }) => {
      console.log(error.name, error.status, isSuppressed);
    },
  });
  const route = createRoute({
    steps: [stamp, guard],
    origin: "http://127.0.0.1:3000",
  });
  createServer(toNode(route));
  const handler: (request: Request) => Promise<Response> = toFetch(route);
  console.log(handler, toExpress(route), toFastify(route));
}

export const handler = async (
  input: PreProcessorInput,
): Promise<SidecarResponse> =>
  input.packageKey === "" ? terminate(401, "a key is needed") : allow();

export async function* batchBeyondOneMachine(): AsyncGenerator<string> {
  const map: DistributedMap = toDistributedMap({
    stateMachineArn:
      "arn:aws:states:eu-central-1:111122223333:stateMachine:prices",
    functionName: ["price", "offer:live"],
    itemsBucket: "acme-batches",
    itemsKey: "items.jsonl",
    resultsPrefix: "results",
    resultsBucket: undefined,
    executionType: "EXPRESS",
  });
  yield map.rolePolicy.Statement.map(({ Sid }) => Sid).join();
  yield map.trustPolicy.Statement[0].Condition.StringEquals[
    "aws:SourceAccount"
  ];
  yield map.definition.StartAt;
  yield* toMapItems([{ functionName: "price", payload: { sku: "A-17" } }]);
  yield* toMapItems(new Set([{ functionName: "price", idempotent: true }]));
}

import { FunctionResponse } from "../../domain";
import { ListFunctions, ListFunctionsResponse } from "../../operations";
import { connection } from "../connection";
import { FakeAws, lambdaError, type Reply } from "../FakeAws";
import { FakeClock } from "../FakeClock";
import { catchError } from "../catchError";

const PATH = "GET /2015-03-31/functions";

/** The response of AWS with one page. */
function page(names: readonly string[], NextMarker?: string): Reply {
  return {
    body: JSON.stringify({
      Functions: names.map((FunctionName) => ({
        FunctionName,
        MemorySize: 128,
        Version: "$LATEST",
      })),
      NextMarker,
    }),
  };
}

function open(...replies: Reply[]) {
  const aws = new FakeAws().respondWith(...replies);
  const clock = new FakeClock({ skips: 20_000 });
  return {
    aws,
    clock,
    operation: new ListFunctions(connection, { transport: aws, clock }),
  };
}

const THREE = [page(["a", "b"], "m=1+/"), page([], "m2"), page(["c"])];

function names(functions: readonly FunctionResponse[]): string[] {
  return functions.map(({ functionName }) => functionName);
}

describe("ListFunctions", () => {
  it("lists the functions of every page, one request each", async () => {
    const { operation, aws } = open(...THREE);

    const functions = await operation.execute();

    expect(names(functions)).toEqual(["a", "b", "c"]);
    expect(functions[0]).toBeInstanceOf(FunctionResponse);
    expect(aws.sent).toEqual([
      { to: "lambda.eu-central-1.amazonaws.com", request: PATH },
      {
        to: "lambda.eu-central-1.amazonaws.com",
        request: `${PATH}?Marker=m%3D1%2B%2F`,
      },
      {
        to: "lambda.eu-central-1.amazonaws.com",
        request: `${PATH}?Marker=m2`,
      },
    ]);
  });

  it("sends every field of the request with every page", async () => {
    const { operation, aws } = open(...THREE);

    await operation.execute({
      functionVersion: "ALL",
      masterRegion: "us-east-1",
      marker: "m0",
      maxItems: 2,
    });

    const queries = aws.sent.map(({ request }) =>
      Object.fromEntries(new URLSearchParams(request.split("?")[1])),
    );
    expect(queries).toEqual(
      ["m0", "m=1+/", "m2"].map((Marker) => ({
        FunctionVersion: "ALL",
        MasterRegion: "us-east-1",
        Marker,
        MaxItems: "2",
      })),
    );
  });

  it("returns an empty list if there is no function", async () => {
    const { operation } = open({ body: '{"Functions":[]}' });

    const functions = await operation.execute();

    expect(functions).toEqual([]);
  });

  it("treats an empty marker as the end", async () => {
    const { operation, aws } = open(page(["a"], ""), page(["b"]));

    const functions = await operation.execute();

    expect(names(functions)).toEqual(["a"]);
    expect(aws.sent).toHaveLength(1);
  });

  it.each([
    [1, ["a"], 1],
    [2, ["a", "b"], 1],
    [3, ["a", "b", "c"], 3],
    [99, ["a", "b", "c"], 3],
  ])(
    "lists at most %i functions and requests no unneeded page",
    async (limit, found, requests) => {
      const { operation, aws } = open(...THREE);

      const functions = await operation.execute({ limit });

      expect(names(functions)).toEqual(found);
      expect(aws.sent).toHaveLength(requests);
    },
  );

  it("throws if AWS returns the same marker twice", async () => {
    const { operation, aws } = open(page(["a"], "m1"), page(["b"], "m1"));

    const error = await catchError(operation.execute());

    expect(error.toJSON()).toEqual({
      name: "ResponseError",
      code: "ERR_RESPONSE",
      operation: "ListFunctions",
      message:
        "ListFunctions: AWS returned the same marker twice, so the list would never end. Try again.",
      retryable: true,
    });
    expect(aws.sent).toHaveLength(2);
  });

  it("throws when AWS refuses and returns no partial list", async () => {
    const { operation } = open(
      page(["a"], "m1"),
      lambdaError(
        403,
        "AccessDeniedException",
        "User: anna is not authorized.",
      ),
    );

    const error = await catchError(operation.execute());

    expect(error.toJSON()).toEqual({
      name: "ServiceError",
      code: "ERR_SERVICE",
      operation: "ListFunctions",
      message:
        "ListFunctions: AWS returned AccessDeniedException (403). User: anna is not authorized. Grant the caller permission for this action on this resource.",
      retryable: false,
      httpStatus: 403,
      serviceCode: "AccessDeniedException",
      requestId: "request-1",
    });
  });

  it("retries after a lost response", async () => {
    const { operation, aws } = open(
      { fails: "ECONNRESET", sent: true },
      page(["a"]),
    );

    const functions = await operation.execute();

    expect(names(functions)).toEqual(["a"]);
    expect(aws.sent).toHaveLength(2);
  });

  it("ends after 30 seconds for all pages together", async () => {
    const { operation, aws, clock } = open(page(["a"], "m1"), { silent: true });

    const error = catchError(operation.execute());
    while (aws.sent.length < 2) await new Promise(setImmediate);
    clock.pass(30_000);

    expect((await error).toJSON()).toMatchObject({
      code: "ERR_DEADLINE",
      timeoutMs: 30_000,
      message:
        "ListFunctions: there was no response within 30,000 ms. Increase timeoutMs, or find out why the call is slow.",
    });
    expect((await error).execution).toBeUndefined();
  });

  it.each<[string, object, object]>([
    [
      "an unknown function version",
      { functionVersion: "LATEST" },
      { path: "functionVersion", rule: "isIn" },
    ],
    [
      "a master region that does not exist",
      { masterRegion: "Ohio" },
      { path: "masterRegion", rule: "matches" },
    ],
    ["an empty marker", { marker: "" }, { path: "marker", rule: "isLength" }],
    ["a maxItems of zero", { maxItems: 0 }, { path: "maxItems", rule: "min" }],
    [
      "a maxItems that is too large",
      { maxItems: 10_001 },
      { path: "maxItems", rule: "max" },
    ],
    [
      "a limit that is a fraction",
      { limit: 1.5 },
      { path: "limit", rule: "isInt" },
    ],
    ["a limit of zero", { limit: 0 }, { path: "limit", rule: "min" }],
  ])("rejects %s before anything is sent", async (_, request, issue) => {
    const { operation, aws } = open();

    const error = await catchError(operation.execute(request));

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      operation: "ListFunctions",
      issues: [issue],
    });
    expect(error.execution).toBeUndefined();
    expect(aws.sent).toEqual([]);
  });
});

describe("ListFunctions.page", () => {
  it("returns one page and its marker", async () => {
    const { operation, aws } = open(...THREE);

    const answer = await operation.page({ maxItems: 2 });

    expect(answer).toBeInstanceOf(ListFunctionsResponse);
    expect(names(answer.functions)).toEqual(["a", "b"]);
    expect(answer.nextMarker).toBe("m=1+/");
    expect(aws.sent).toHaveLength(1);
  });

  it("has no marker on the last page", async () => {
    const { operation } = open(page(["c"]));

    const answer = await operation.page({ marker: "m2" });

    expect(Object.keys(answer)).toEqual(["functions"]);
  });
});

describe("ListFunctions.stream", () => {
  it("requests a page only when its first function is read", async () => {
    const { operation, aws } = open(page(["a", "b"], "m1"), page(["c"]));

    const stream = operation.stream();
    const requests = [aws.sent.length];
    for await (const { functionName } of stream)
      requests.push(aws.sent.length, functionName.length);

    expect(requests).toEqual([0, 1, 1, 1, 1, 2, 1]);
  });

  it("requests no further page when the loop is left", async () => {
    const { operation, aws } = open(...THREE);

    for await (const { functionName } of operation.stream())
      if (functionName === "b") break;

    expect(aws.sent).toHaveLength(1);
  });

  it("stops at the limit in the middle of a page", async () => {
    const { operation } = open(...THREE);
    const found: string[] = [];

    for await (const { functionName } of operation.stream({ limit: 1 }))
      found.push(functionName);

    expect(found).toEqual(["a"]);
  });

  it("yields what it has before it throws", async () => {
    const { operation } = open(
      page(["a"], "m1"),
      lambdaError(404, "ResourceNotFoundException", "gone"),
    );
    const stream = operation.stream();

    const first = await stream.next();
    const error = await catchError(stream.next());

    expect(first.value).toMatchObject({ functionName: "a" });
    expect(error).toMatchObject({ serviceCode: "ResourceNotFoundException" });
  });

  it("rejects an invalid request at the first function", async () => {
    const { operation, aws } = open();

    const error = await catchError(operation.stream({ limit: 0 }).next());

    expect(error).toMatchObject({ issues: [{ path: "limit", rule: "min" }] });
    expect(aws.sent).toEqual([]);
  });

  it("applies its timeout to each page, not to the reader", async () => {
    const { operation, clock } = open(page(["a"], "m1"), page(["b"]));
    const found: string[] = [];

    for await (const { functionName } of operation.stream()) {
      found.push(functionName);
      clock.pass(60_000);
    }

    expect(found).toEqual(["a", "b"]);
    expect(clock.waiting).toBe(0);
  });

  it("throws when the signal aborts between two pages", async () => {
    const { operation, aws } = open(page(["a"], "m1"), page(["b"]));
    const caller = new AbortController();
    const stream = operation.stream({}, { signal: caller.signal });

    await stream.next();
    caller.abort();
    const error = await catchError(stream.next());

    expect(error).toMatchObject({ code: "ERR_DEADLINE", reason: "aborted" });
    expect(aws.sent).toHaveLength(1);
  });
});

import { EXTERNAL_ID, stsError } from "../../../awsResponses";
import { catchError } from "../../../catchError";
import { lambdaError } from "../../../FakeAws";
import { LIST, OPERATIONS, ROLE, openWithRole } from "../../../roleOperations";

describe("the error of an operation whose role", () => {
  it.each(OPERATIONS.filter(([name]) => !name.startsWith("InvokeMany")))(
    "cannot be assumed by %s names the operation and the role",
    async (_, run) => {
      const { aws, connector } = openWithRole();
      aws.reply = ({ action }) =>
        action === "sts AssumeRole"
          ? stsError(403, "AccessDenied", EXTERNAL_ID)
          : undefined;

      const error = await catchError(run(connector));

      const invokes = "execution" in error;
      expect(error).toMatchObject({
        code: "ERR_CREDENTIALS",
        roleArn: ROLE,
        serviceCode: "AccessDenied",
        ...(invokes && { execution: "did-not-run" }),
      });
      expect(error.message.startsWith(`${error.operation}: the role`)).toBe(
        true,
      );
      expect(error.message.includes("The function did not run.")).toBe(invokes);
      expect(JSON.stringify([error, error.cause])).not.toContain(EXTERNAL_ID);
      expect(aws.count("lambda")).toBe(0);
    },
  );

  it("cannot be assumed is the outcome of each request of a batch", async () => {
    const { aws, connector } = openWithRole();
    aws.reply = ({ action }) =>
      action === "sts AssumeRole"
        ? stsError(403, "AccessDenied", "no")
        : undefined;

    const outcomes = await connector.invokeMany({
      requests: [{ functionName: "price" }, { functionName: "price" }],
    });

    expect(outcomes.map(({ error }) => error)).toEqual([
      expect.objectContaining({
        code: "ERR_CREDENTIALS",
        operation: "InvokeFunction",
        execution: "did-not-run",
      }),
      expect.objectContaining({ code: "ERR_CREDENTIALS" }),
    ]);
  });

  it("cannot be assumed because STS throttles makes a batch send the request again later", async () => {
    const { aws, clock, connector } = openWithRole();
    let throttled = 0;
    aws.reply = ({ action }) =>
      action === "sts AssumeRole" && throttled++ < 3
        ? stsError(400, "Throttling", "Rate exceeded")
        : undefined;

    const batch = connector.invokeMany({
      requests: [{ functionName: "price" }],
    });
    // The engine's own retries, and the batch's.
    for (let turn = 0; turn < 200 && aws.count("lambda") === 0; turn++) {
      await new Promise(setImmediate);
      if (clock.waiting > 0) clock.pass(1_000);
    }

    expect((await batch)[0]?.response?.payload).toEqual({ amount: 12.5 });
    expect(aws.sessions).toHaveLength(1);
  });

  it("is shared by two operations belongs to each of them", async () => {
    const { aws, connector } = openWithRole({
      roleArn: ROLE,
      externalId: EXTERNAL_ID,
      sessionPolicy: "none",
    });
    aws.reply = () => stsError(403, "AccessDenied", "no");

    const [list, invocation] = await Promise.all([
      catchError(connector.listFunctions()),
      catchError(connector.invokeFunction({ functionName: "price" })),
    ]);

    expect(aws.count("sts")).toBe(1);
    expect(list).toMatchObject({ operation: "ListFunctions" });
    expect(list).not.toHaveProperty("execution");
    expect(invocation).toMatchObject({
      operation: "InvokeFunction",
      execution: "did-not-run",
    });
    expect(invocation.message).toMatch(/^InvokeFunction: the role/);
  });

  it("may not list functions advises on the role's permissions", async () => {
    const { aws, connector } = openWithRole();
    aws.reply = ({ action }) =>
      action === LIST
        ? lambdaError(
            403,
            "AccessDeniedException",
            "User: x is not authorized to perform: lambda:ListFunctions on resource: * because no identity-based policy allows the lambda:ListFunctions action",
          )
        : undefined;

    const error = await catchError(connector.listFunctions());

    expect(error.message).toContain(
      `Allow lambda:ListFunctions in the permissions of the role ${ROLE}.`,
    );
  });

  it("may not invoke a function of another account advises on the function's policy", async () => {
    const { aws, connector } = openWithRole();
    aws.reply = ({ action }) =>
      action === LIST
        ? lambdaError(
            403,
            "AccessDeniedException",
            "User: x is not authorized to perform: lambda:InvokeFunction on resource: y because no resource-based policy allows the lambda:InvokeFunction action",
          )
        : undefined;

    const error = await catchError(connector.listFunctions());

    expect(error.message).toContain(
      `Allow the role ${ROLE} to perform lambda:InvokeFunction in the resource-based policy of this function, which is in another account.`,
    );
  });

  it("has a cached external ID hides it in AWS's messages", async () => {
    const { aws, connector } = openWithRole();
    await connector.listFunctions();
    aws.reply = () => lambdaError(400, "ValidationException", EXTERNAL_ID);

    const error = await catchError(connector.listFunctions());

    expect(error.message).toContain("[hidden]");
  });

  it("is not needed because AWS rejects the caller's credentials makes ValidateCredentials return false", async () => {
    const { aws, connector } = openWithRole();
    const error = {
      status: 400,
      body: '{"__type":"UnrecognizedClientException"}',
    };
    aws.reply = ({ action }) => (action.startsWith("ssm") ? error : undefined);

    expect(await connector.validateCredentials()).toBe(false);
    expect(await catchError(connector.listFunctions())).toMatchObject({
      code: "ERR_CREDENTIALS",
    });
  });

  it("has not been assumed before the call is aborted says that the function did not run", async () => {
    const { aws, connector } = openWithRole();
    const impatient = new AbortController();
    const request = { functionName: "price" };

    const aborted = catchError(
      connector.invokeFunction(request, { signal: impatient.signal }),
    );
    const other = connector.invokeFunction(request);
    impatient.abort();

    expect(await aborted).toMatchObject({
      code: "ERR_DEADLINE",
      reason: "aborted",
      execution: "did-not-run",
    });
    expect((await other).payload).toEqual({ amount: 12.5 });
    expect(aws.count("sts")).toBe(1);
  });
});

import { FunctionResponse } from "../../domain";
import { DeleteFunction } from "../../operations";
import { connection } from "../connection";
import { FakeAws, lambdaError } from "../FakeAws";
import { catchError } from "../catchError";

const NOT_FOUND = lambdaError(
  404,
  "ResourceNotFoundException",
  "Function not found: arn:aws:lambda:eu-central-1:111122223333:function:price",
);

describe("DeleteFunction", () => {
  it("deletes the whole function and returns true", async () => {
    const aws = new FakeAws().respondWith({ status: 204 });

    const gone = await new DeleteFunction(connection, {
      transport: aws,
    }).execute({ functionName: "price" });

    expect(gone).toBe(true);
    expect(aws.sent).toEqual([
      {
        to: "lambda.eu-central-1.amazonaws.com",
        request: "DELETE /2015-03-31/functions/price",
      },
    ]);
  });

  it("deletes one version when a qualifier is given", async () => {
    const aws = new FakeAws().respondWith({ status: 204 });

    await new DeleteFunction(connection, { transport: aws }).execute({
      functionName: "price",
      qualifier: "7",
    });

    expect(aws.sent[0]?.request).toBe(
      "DELETE /2015-03-31/functions/price?Qualifier=7",
    );
  });

  it("returns true while AWS is still deleting", async () => {
    const aws = new FakeAws().respondWith({ status: 202 });

    const gone = await new DeleteFunction(connection, {
      transport: aws,
    }).execute({ functionName: "price" });

    expect(gone).toBe(true);
  });

  it("returns false when the function does not exist", async () => {
    const aws = new FakeAws().respondWith(NOT_FOUND);

    const gone = await new DeleteFunction(connection, {
      transport: aws,
    }).execute({ functionName: "price" });

    expect(gone).toBe(false);
  });

  it("returns true when the response of the deletion was lost", async () => {
    const aws = new FakeAws().respondWith(
      { fails: "ECONNRESET", sent: true },
      NOT_FOUND,
    );

    const gone = await new DeleteFunction(connection, {
      transport: aws,
    }).execute({ functionName: "price" });

    expect(gone).toBe(true);
    expect(aws.sent).toHaveLength(2);
  });

  it("throws for a function of another region instead of returning false", async () => {
    const aws = new FakeAws().respondWith(
      lambdaError(
        404,
        "ResourceNotFoundException",
        "Functions from 'us-east-1' are not reachable in this region ('eu-central-1')",
      ),
    );

    const deletion = new DeleteFunction(connection, { transport: aws }).execute(
      {
        functionName: "arn:aws:lambda:us-east-1:111122223333:function:price",
      },
    );

    await expect(deletion).rejects.toMatchObject({
      code: "ERR_SERVICE",
      serviceCode: "ResourceNotFoundException",
    });
  });

  it("rejects a name that breaks AWS's pattern before anything is sent", async () => {
    const aws = new FakeAws();

    const deletion = new DeleteFunction(connection, { transport: aws }).execute(
      { functionName: "price list" },
    );

    await expect(deletion).rejects.toMatchObject({
      code: "ERR_INVALID_INPUT",
      issues: [{ path: "functionName", rule: "matches" }],
    });
    expect(aws.sent).toEqual([]);
  });

  it.each([
    [
      null,
      "qualifier must be a version, not null; omit it to delete the whole function",
    ],
    [
      undefined,
      "qualifier must be a version, not undefined; omit it to delete the whole function",
    ],
    [
      "",
      "qualifier must be a version, 1 to 128 characters long; omit it to delete the whole function",
    ],
  ])(
    "does not delete the whole function when qualifier is %j",
    async (qualifier, message) => {
      const aws = new FakeAws();

      const error = await catchError(
        new DeleteFunction(connection, { transport: aws }).execute({
          functionName: "price",
          qualifier: qualifier as never,
        }),
      );

      expect(error).toMatchObject({
        code: "ERR_INVALID_INPUT",
        issues: [{ path: "qualifier", message }],
      });
      expect(aws.sent).toEqual([]);
    },
  );

  it("rejects an entry of a function list, which may be one version, and describes what to pass", async () => {
    const aws = new FakeAws();
    const listed = Object.assign(new FunctionResponse(), {
      functionName: "price",
      version: "7",
    });

    const error = await catchError(
      new DeleteFunction(connection, { transport: aws }).execute(listed),
    );

    expect(error.message).toBe(
      "DeleteFunction: the request must be a plain object, not an instance of another class; pass its functionName in a plain object, with qualifier for one version. The request was not sent.",
    );
    expect(aws.sent).toEqual([]);
  });

  it("throws AWS's message and advice when AWS refuses", async () => {
    const aws = new FakeAws().respondWith(
      lambdaError(409, "ResourceConflictException", "An alias points to it."),
    );

    const deletion = new DeleteFunction(connection, { transport: aws }).execute(
      { functionName: "price", qualifier: "7" },
    );

    await expect(deletion).rejects.toMatchObject({
      name: "ServiceError",
      code: "ERR_SERVICE",
      operation: "DeleteFunction",
      httpStatus: 409,
      requestId: "request-1",
      message:
        "DeleteFunction: AWS returned ResourceConflictException (409) for the function price. An alias points to it. Wait until the other change to the function is complete, or remove what still refers to the function.",
    });
  });
});

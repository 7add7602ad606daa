import { Credentials } from "../../domain";
import {
  GetStaticCredentials,
  GetStaticCredentialsRequest,
} from "../../operations";
import { connection, exampleCredentials } from "../connection";
import { FakeAws } from "../FakeAws";
import { findSecrets, catchError } from "../catchError";

function open() {
  const aws = new FakeAws();
  return {
    aws,
    operation: new GetStaticCredentials(connection, { transport: aws }),
  };
}

describe("GetStaticCredentials", () => {
  it("creates credentials from the given values and sends nothing", async () => {
    const { operation, aws } = open();
    const expiration = new Date("2026-11-20T13:00:00Z");

    const created = await operation.execute({
      ...exampleCredentials,
      sessionToken: "token",
      expiration,
    });

    expect(created).toBeInstanceOf(Credentials);
    expect(created.accessKeyId).toBe(exampleCredentials.accessKeyId);
    expect(created.secretAccessKey).toBe(exampleCredentials.secretAccessKey);
    expect(created.sessionToken).toBe("token");
    expect(created.expiration).toBe(expiration);
    expect(findSecrets(created)).toEqual([]);
    expect(aws.sent).toEqual([]);
  });

  it("accepts an instance of its request class", async () => {
    const { operation } = open();

    const created = await operation.execute(
      new GetStaticCredentialsRequest(exampleCredentials),
    );

    expect(created.secretAccessKey).toBe(exampleCredentials.secretAccessKey);
  });

  it.each<[string, object, object]>([
    [
      "no key ID",
      { accessKeyId: undefined },
      { path: "accessKeyId", rule: "required" },
    ],
    [
      "no secret",
      { secretAccessKey: undefined },
      { path: "secretAccessKey", rule: "required" },
    ],
    [
      "a key ID of 15 characters",
      { accessKeyId: "A".repeat(15) },
      { path: "accessKeyId", rule: "isLength" },
    ],
    [
      "a key ID with a space",
      { accessKeyId: "AKIA IOSFODNN7EXAMPLE" },
      { path: "accessKeyId", rule: "matches" },
    ],
    [
      "a secret with a line break",
      { secretAccessKey: `${exampleCredentials.secretAccessKey}\n` },
      { path: "secretAccessKey", rule: "matches" },
    ],
    [
      "a session token that is a number",
      { sessionToken: 7 },
      { path: "sessionToken", rule: "isString" },
    ],
    [
      "an expiration that is a string",
      { expiration: "tomorrow" },
      { path: "expiration", rule: "isDate" },
    ],
    [
      "an invalid Date",
      { expiration: new Date(NaN) },
      { path: "expiration", rule: "isDate" },
    ],
  ])(
    "rejects %s by name and never shows the value",
    async (_, wrong, issue) => {
      const { operation } = open();

      const error = await catchError(
        operation.execute({ ...exampleCredentials, ...wrong }),
      );

      expect(error).toMatchObject({
        code: "ERR_INVALID_INPUT",
        operation: "GetStaticCredentials",
        issues: [issue],
      });
    },
  );

  it("rejects an object that imitates a Date", async () => {
    const { operation } = open();
    const expiration = Object.create(Date.prototype) as Date;

    const error = await catchError(
      operation.execute({ ...exampleCredentials, expiration }),
    );

    expect(error.code).toBe("ERR_INVALID_INPUT");
  });

  it("accepts Credentials as its request", async () => {
    const { operation } = open();
    const given = new Credentials({
      ...exampleCredentials,
      sessionToken: "token",
    });

    const credentials = await operation.execute(given);

    expect(credentials.sessionToken).toBe("token");
    expect(credentials.secretAccessKey).toBe(
      exampleCredentials.secretAccessKey,
    );
  });
});

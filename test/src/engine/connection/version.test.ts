import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { ListFunctions } from "../../../../operations";
import { VERSION } from "../../../../src/engine/connection/version";
import { connection } from "../../../connection";
import { FakeAws } from "../../../FakeAws";

describe("VERSION", () => {
  it("is the version in package.json", () => {
    const text = readFileSync(resolve("package.json"), "utf8");

    expect(VERSION).toBe((JSON.parse(text) as { version: string }).version);
  });

  it("is sent in the user agent", async () => {
    const aws = new FakeAws().respondWith({ body: '{"Functions":[]}' });

    await new ListFunctions(connection, { transport: aws }).execute();

    expect(aws.requests[0]?.headers["user-agent"]).toContain(
      `aws-lambda-connector/${VERSION}`,
    );
  });
});

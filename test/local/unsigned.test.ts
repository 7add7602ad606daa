import { spawnSync } from "node:child_process";
import { connect } from "node:net";
import { join } from "node:path";
import { startLocalAws, type LocalAws } from "../../dist/local";
import { send } from "./send";

describe("a request that is not signed", () => {
  let local: LocalAws;

  beforeAll(async () => {
    local = await startLocalAws({ functions: { price: () => 1290 } });
  });

  afterAll(() => local.close());

  /** Sends a head that announces a large body, and nothing of the body. Returns the status line. */
  const sendHead = (...lines: string[]): Promise<string> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(local.endpoint);
      const socket = connect(Number(port), hostname, () => {
        socket.write(
          [
            "POST /2015-03-31/functions/price/invocations HTTP/1.1",
            "Host: a",
            "Content-Length: 6000000",
            ...lines,
            "",
            "",
          ].join("\r\n"),
        );
      });
      socket.once("error", reject);
      socket.once("data", (bytes) => {
        socket.destroy();
        resolve(bytes.toString().split("\r\n")[0] ?? "");
      });
    });

  const now = (): string =>
    `X-Amz-Date: ${new Date().toISOString().replace(/\.\d+|[-:]/g, "")}`;

  it.each<[string, () => string[]]>([
    ["no signature", () => []],
    [
      "an unknown access key",
      () => [
        now(),
        "Authorization: AWS4-HMAC-SHA256 Credential=AKIAUNKNOWN/20260101/eu-central-1/lambda/aws4_request, SignedHeaders=host;x-amz-date, Signature=00",
      ],
    ],
    [
      "an old date",
      () => [
        "X-Amz-Date: 20200101T000000Z",
        `Authorization: AWS4-HMAC-SHA256 Credential=${local.credentials.accessKeyId}/20200101/eu-central-1/lambda/aws4_request, SignedHeaders=host;x-amz-date, Signature=00`,
      ],
    ],
  ])("with %s is rejected before its body arrives", async (_, linesOf) => {
    expect(await sendHead(...linesOf())).toBe("HTTP/1.1 403 Forbidden");
  });

  it("to STS is rejected without its body as well", async () => {
    const answer = await send(
      local,
      {
        method: "POST",
        path: "/",
        service: "sts",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: `Action=GetCallerIdentity&Version=2011-06-15&X=${"a".repeat(100_000)}`,
      },
      { authorization: "" },
    );

    expect(answer.status).toBe(403);
    expect(answer.body).toContain("MissingAuthenticationToken");
  });
});

describe("a header that is not signed", () => {
  it.each(["X-Amz-Invocation-Type", "x-amz-log-type", "x-amz-security-token"])(
    "is refused if it is %s",
    async (name) => {
      const local = await startLocalAws({ functions: { price: () => 1290 } });
      const signed = await send(local, {
        method: "POST",
        path: "/2015-03-31/functions/price/invocations",
        service: "lambda",
      });
      const { authorization, date } = await signedHeaders(local);

      const answer = await send(
        local,
        {
          method: "POST",
          path: "/2015-03-31/functions/price/invocations",
          service: "lambda",
          headers: { [name.toLowerCase()]: "Event" },
        },
        { authorization, date },
      );
      await local.close();

      expect(signed.status).toBe(200);
      expect(answer.status).toBe(403);
      expect(answer.headers["x-amzn-errortype"]).toBe(
        "InvalidSignatureException",
      );
      expect(answer.body).toContain(
        `'${name.toLowerCase()}' must be a 'SignedHeader' in the AWS Authorization.`,
      );
    },
  );
});

/** Headers of a signature that covers only host and date. */
function signedHeaders(
  local: LocalAws,
): Promise<{ authorization: string; date: string }> {
  const date = new Date().toISOString().replace(/\.\d+|[-:]/g, "");
  const { accessKeyId } = local.credentials;
  const scope = `${date.slice(0, 8)}/${local.region}/lambda/aws4_request`;
  return Promise.resolve({
    date,
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=host;x-amz-date, Signature=${"0".repeat(64)}`,
  });
}

describe("an error outside of an inline handler", () => {
  /** Runs a program that invokes a function, and returns what it wrote. */
  const run = (handler: string) => {
    const program = `
      const { startLocalAws } = require(${JSON.stringify(join(__dirname, "../../dist/local"))});
      const { createConnector } = require(${JSON.stringify(join(__dirname, "../../dist/src"))});
      (async () => {
        const local = await startLocalAws({
          functions: { price: ${handler} },
          onOutput: ({ functionName, text }) => console.log(functionName, text),
        });
        const { endpoint, region, credentials } = local;
        const connector = createConnector({ endpoint, region, credentials });
        await connector.invokeFunction({ functionName: "price" });
        setTimeout(() => undefined, 10_000);
      })();`;
    return spawnSync(process.execPath, ["-e", program], { encoding: "utf8" });
  };

  it.each([
    [
      "a timer",
      '() => { setTimeout(() => { throw new Error("sold out"); }, 20); return 1; }',
      "Uncaught Exception",
    ],
    [
      "a promise",
      'async () => { void (async () => { await new Promise((go) => setTimeout(go, 20)); throw new Error("sold out"); })(); return 1; }',
      "Unhandled Promise Rejection",
    ],
  ])("in %s names the function", (_, handler, what) => {
    const { stdout, stderr, status } = run(handler);

    expect(status).not.toBe(0);
    expect(stdout).toMatch(new RegExp(`^price .*ERROR\\t${what}`, "m"));
    expect(stdout).toContain("sold out");
    expect(stderr).toMatch(
      new RegExp(
        `the inline function price failed outside of its handler \\(request [\\w-]+\\): ${what}`,
      ),
    );
  });
});

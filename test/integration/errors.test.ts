import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import {
  createConnector,
  isConnectorError,
  type AnyConnectorError,
  type Connection,
  type Input,
} from "aws-lambda-connector";
import type { LocalAws } from "aws-lambda-connector/local";
import { checkForm } from "../checkForm";
import { connectionTo, OFFER_ARN, ROLE_ARN, startWorld } from "./world";

let local: LocalAws;

beforeAll(async () => {
  local = await startWorld({
    functions: { price: () => 1290 },
    users: { guest: { permissions: [] } },
  });
});

afterAll(() => local.close());

async function errorOf(work: Promise<unknown>): Promise<AnyConnectorError> {
  const error: unknown = await work.then(
    () => new Error("nothing was thrown"),
    (thrown: unknown) => thrown,
  );
  if (isConnectorError(error)) {
    checkForm(error);
    return error;
  }
  throw error;
}

async function invoke(
  over: Input<Connection>,
  functionName = "price",
): Promise<AnyConnectorError> {
  const connector = createConnector({ ...connectionTo(local), ...over });
  return errorOf(connector.invokeFunction({ functionName }));
}

async function deadPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe("the error message", () => {
  it("explains a secret access key that does not match the access key ID", async () => {
    const { accessKeyId } = local.credentials;

    const error = await invoke({
      credentials: { accessKeyId, secretAccessKey: "another-secret" },
    });

    expect(error).toMatchObject({
      code: "ERR_SERVICE",
      serviceCode: "InvalidSignatureException",
      execution: "did-not-run",
    });
    expect(error.message).toBe(
      "InvokeFunction: AWS returned InvalidSignatureException (403) for the function price. The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details. The secret access key does not match the access key ID, or this machine's clock is wrong; check both.",
    );
  });

  it("explains an access key ID that AWS does not know", async () => {
    const error = await invoke({
      credentials: {
        accessKeyId: "AKIANOBODYKNOWSTHIS1",
        secretAccessKey: "any-secret",
      },
    });

    expect(error).toMatchObject({
      code: "ERR_SERVICE",
      serviceCode: "UnrecognizedClientException",
      message:
        "InvokeFunction: AWS returned UnrecognizedClientException (403) for the function price. The security token included in the request is invalid. AWS does not recognize the access key ID or the session token; check the credentials.",
    });
  });

  it("explains a function that does not exist", async () => {
    const error = await invoke({}, "nothing");

    expect(error).toMatchObject({
      code: "ERR_SERVICE",
      serviceCode: "ResourceNotFoundException",
      message:
        "InvokeFunction: AWS returned ResourceNotFoundException (404) for the function nothing. Function not found: arn:aws:lambda:eu-central-1:111122223333:function:nothing:$LATEST. Check the function's name, qualifier, region and account, or deploy it first.",
    });
  });

  it("explains a user without permission", async () => {
    const error = await invoke({ credentials: local.users["guest"] });

    expect(error).toMatchObject({
      code: "ERR_SERVICE",
      serviceCode: "AccessDeniedException",
      execution: "did-not-run",
    });
    expect(error.message).toMatch(
      /^InvokeFunction: AWS returned AccessDeniedException \(403\) for the function price\. User: .*user\/guest is not authorized to perform: lambda:InvokeFunction on resource: .*function:price.* Grant the caller permission for this action on this resource; invokePolicy\(\) generates the policy\.$/,
    );
  });

  it("names the role and the parameter key, not the external ID, when the role refuses the external ID", async () => {
    const connector = createConnector(connectionTo(local));

    const error = await errorOf(
      connector.assumeRoleInvoke({
        functionName: OFFER_ARN,
        roleArn: ROLE_ARN,
        externalIdKey: "acme/old/trustKey",
      }),
    );

    expect(error).toMatchObject({
      code: "ERR_CREDENTIALS",
      roleArn: ROLE_ARN,
      serviceCode: "AccessDenied",
      execution: "did-not-run",
      retryable: false,
      message: `AssumeRoleInvoke: the role ${ROLE_ARN} could not be assumed; AWS returned AccessDenied (User: arn:aws:iam::111122223333:user/administrator is not authorized to perform: sts:AssumeRole on resource: ${ROLE_ARN}). Check that the role exists, that its trust policy names the caller, that the caller's own policy allows sts:AssumeRole on it (assumePolicy() generates one), and that the external ID in parameter acme/old/trustKey (externalIdKey) is the one it requires. The function did not run.`,
    });
  });

  it("quotes AWS and does not mention the trust policy when a session is longer than the role allows", async () => {
    const connector = createConnector(connectionTo(local));

    const error = await errorOf(
      connector.assumeRoleInvoke({
        functionName: OFFER_ARN,
        roleArn: ROLE_ARN,
        externalIdKey: "acme/prod/trustKey",
        durationSeconds: 43_200,
      }),
    );

    expect(error).toMatchObject({
      code: "ERR_CREDENTIALS",
      serviceCode: "ValidationError",
      message: `AssumeRoleInvoke: the role ${ROLE_ARN} could not be assumed; AWS returned ValidationError (The requested DurationSeconds exceeds the MaxSessionDuration set for this role). Correct the value that AWS names; durationSeconds is limited by the role's maximum session duration. The function did not run.`,
    });
  });

  it("explains a parameter that does not exist", async () => {
    const connector = createConnector(connectionTo(local));

    const error = await errorOf(
      connector.assumeRoleInvoke({
        functionName: OFFER_ARN,
        roleArn: ROLE_ARN,
        externalIdKey: "acme/none/trustKey",
      }),
    );

    expect(error).toMatchObject({
      code: "ERR_CREDENTIALS",
      serviceCode: "ParameterNotFound",
      message:
        "AssumeRoleInvoke: the external ID could not be read from parameter acme/none/trustKey; AWS returned ParameterNotFound. Check externalIdKey and the region, or store the external ID in that parameter. The function did not run.",
    });
  });

  it("explains a port on which nothing listens", async () => {
    const port = await deadPort();

    const error = await invoke({ endpoint: `http://127.0.0.1:${port}` });

    expect(error).toMatchObject({
      code: "ERR_TRANSPORT",
      execution: "did-not-run",
      retryable: true,
      message: `InvokeFunction: there was no response from AWS at 127.0.0.1:${port} (ECONNREFUSED) for the function price because the connection was refused; the function did not run. Check the endpoint and that the service is running. All 3 attempts failed.`,
    });
  });

  it("explains a host that does not exist", async () => {
    const error = await invoke({ endpoint: "http://no-such-host.invalid" });

    expect(error).toMatchObject({
      code: "ERR_TRANSPORT",
      execution: "did-not-run",
    });
    expect(error.message).toMatch(
      /^InvokeFunction: there was no response from AWS at no-such-host\.invalid:80 \((ENOTFOUND|EAI_AGAIN)\) for the function price because /,
    );
  });

  it("explains an invalid region", async () => {
    const error = await errorOf(
      Promise.resolve().then(() => createConnector({ region: "Frankfurt" })),
    );

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      issues: [{ path: "region", rule: "region" }],
      message:
        "createConnector: region must be the name of an AWS region, for example eu-central-1 (with hyphens), or a value of AWS_Region.",
    });
  });

  it("explains a missing region", async () => {
    const { endpoint, credentials } = local;
    const environment = { ...process.env };
    delete process.env["AWS_REGION"];
    delete process.env["AWS_DEFAULT_REGION"];
    process.env["AWS_CONFIG_FILE"] = "/nowhere/config";

    const error = await errorOf(
      createConnector({ endpoint, credentials }).invokeFunction({
        functionName: "price",
      }),
    );

    process.env = environment;
    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      issues: [{ path: "region", rule: "required" }],
      execution: "did-not-run",
      message:
        "InvokeFunction: region is missing; set it on the connection, or set AWS_REGION. The request was not sent.",
    });
  });

  it("explains a credentials function that fails", async () => {
    const connector = createConnector({
      ...connectionTo(local),
      credentials: () => Promise.reject(new Error("the vault is closed")),
    });

    const error = await errorOf(
      connector.invokeFunction({ functionName: "price" }),
    );

    expect(error).toMatchObject({
      code: "ERR_CREDENTIALS",
      execution: "did-not-run",
      message:
        "InvokeFunction: the credentials function failed (the vault is closed). Fix that function, or set other credentials on the connection.",
    });
  });
});

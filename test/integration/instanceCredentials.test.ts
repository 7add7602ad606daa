/**
 * Credentials of an EC2 instance: the connector returns those of the AWS SDK's provider, or fails as it does.
 */
import { fromInstanceMetadata } from "@smithy/credential-provider-imds";
import { credentialsDocument } from "../FakeEndpoint";
import {
  always,
  body,
  document,
  DOCUMENTS,
  loadOwn,
  loadSdk,
  logger,
  MetadataServer,
  reset,
  type Handle,
} from "./MetadataServer";

const server = new MetadataServer();

const ROLES = "/latest/meta-data/iam/security-credentials/";

interface Service {
  readonly token: Handle;
  readonly role: Handle;
  readonly credentials: Handle;
}

const ignored: Handle = () => undefined;
const token = body("token");
const role = body("price-role\n");

/** Responds as the path demands. */
const serve =
  ({ token, role, credentials }: Service): Handle =>
  (request, response) => {
    const { url = "" } = request;
    if (url === "/latest/api/token") token(request, response);
    else if (url === ROLES) role(request, response);
    else if (url === `${ROLES}price-role`) credentials(request, response);
    else response.writeHead(404).end();
  };

/** Responds only to requests with the token. */
const withToken =
  (respond: Handle): Handle =>
  (request, response) => {
    const isAllowed = request.headers["x-aws-ec2-metadata-token"] === "token";
    (isAllowed ? respond : body("", 401))(request, response);
  };

const put =
  (respond: Handle): Handle =>
  (request, response) => {
    const { method, headers } = request;
    const isRight =
      method === "PUT" &&
      headers["x-aws-ec2-metadata-token-ttl-seconds"] === "21600";
    (isRight ? respond : body("", 400))(request, response);
  };

describe("credentials of an instance", () => {
  const compare = async (create: () => Handle) => {
    process.env["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = server.origin;
    server.requests = [];
    server.handle = create();
    const expected = await loadSdk(fromInstanceMetadata({ logger }));
    const expectedRequests = server.requests.splice(0);
    server.handle = create();
    const actual = await loadOwn();
    expect(server.requests).toEqual(expectedRequests);
    return { actual, expected };
  };

  const service = (parts: Partial<Service> = {}): Handle =>
    serve({ token: put(token), role, credentials: document, ...parts });

  it.each<readonly [string, () => Handle]>([
    // The SDK waits for the rest of a body, without end.
    ...DOCUMENTS.filter(([name]) => name !== "a part of a body").map(
      ([name, create]) => {
        const credentials = (): Handle => service({ credentials: create() });
        return [name, credentials] as const;
      },
    ),
    [
      "expired credentials",
      always(
        service({
          credentials: body(
            credentialsDocument({ Expiration: "2001-01-01T00:00:00Z" }),
          ),
        }),
      ),
    ],
    [
      "a document of success",
      always(
        service({
          credentials: body(credentialsDocument({ Code: "Success" })),
        }),
      ),
    ],
    [
      "a document of failure",
      always(service({ credentials: body('{"Code":"Failed"}') })),
    ],
    [
      "credentials with status 202",
      always(service({ credentials: body(credentialsDocument(), 202) })),
    ],
    ["no role", always(service({ role: body("", 404) }))],
    ["a role that fails", always(service({ role: body("", 500) }))],
    ["a role that is reset", always(service({ role: reset }))],
    [
      "credentials, with the token only",
      always(
        service({ role: withToken(role), credentials: withToken(document) }),
      ),
    ],
    [
      "status 401 in spite of the token",
      always(service({ role: body("", 401) })),
    ],
  ])("are those of the AWS SDK if the response is %s", async (_, create) => {
    const { actual, expected } = await compare(create);

    expect(actual).toEqual(expected);
  });

  it.each<readonly [string, Handle]>([
    ["status 400", body("", 400)],
    ["status 403", body("", 403)],
    ["status 404", body("", 404)],
    ["status 405", body("", 405)],
    ["status 500", body("", 500)],
    ["a reset", reset],
    ["nothing", ignored],
    ["an empty token", body("")],
  ])(
    "are those of the AWS SDK if the request for a token gets %s, with version 1 and without it",
    async (_, respond) => {
      const version1 = service({ token: respond });
      const first = await compare(always(version1));
      process.env["AWS_EC2_METADATA_V1_DISABLED"] = "true";
      const second = await compare(always(version1));
      process.env["AWS_EC2_METADATA_V1_DISABLED"] = "false";
      const only2 = { role: withToken(role), credentials: withToken(document) };
      const third = await compare(
        always(service({ token: respond, ...only2 })),
      );

      expect(first.actual).toEqual(first.expected);
      expect(second.actual).toEqual(second.expected);
      expect(third.actual).toEqual(third.expected);
    },
  );
});

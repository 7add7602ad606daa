import { AWS_Region } from "../../../../domain";
import type { Point } from "../../../../gateway/boomi/configuration/PointConfiguration";
import { readConfiguration } from "../../../../gateway/boomi/configuration/readConfiguration";
import { CONNECTION, CONNECTION_OBJECT, read, refused } from "./lines";

const POINTS: readonly Point[] = ["PreProcessor", "PostProcessor"];

const PRE_INPUT = `region:eu-central-1
functionARN:arn:aws:lambda:eu-central-1:222233334444:function:order-guard
roleARN:arn:aws:iam::222233334444:role/tibco_sidecar_connector_orders
externalIdKey:globex/prod/orderTrust
synchronicity:request-response
timeout:400
require-request-headers:Authorization
include-request-headers:X-Region,X-Tier
require-eavs:contractId
include-packageKey-eavs:salesChannel
expand-input:requestPayload,operation,remoteAddress
max-payload-size:64
max-payload-condition:blocking
sidecar-param-strict:true
sidecar-param-threshold:0.75
sidecar-param-label:summer
`;

const POST_INPUT = `region:eu-central-1
functionARN:arn:aws:lambda:eu-central-1:222233334444:function:order-audit
roleARN:arn:aws:iam::222233334444:role/tibco_sidecar_connector_orders
externalIdKey:globex/prod/orderTrust
synchronicity:event
failSafe:true
include-response-headers:Content-Type
expand-input:responsePayload
`;

/** With nothing but the four lines. */
const DEFAULTS = {
  ...CONNECTION_OBJECT,
  sessionName: "TIBCO_Mashery_SideCar_Connector",
  durationSeconds: 3600,
  synchronicity: "RequestResponse",
  failSafe: false,
  timeoutMs: undefined,
  enableErrorSet: false,
  requireRequestHeaders: [],
  includeRequestHeaders: [],
  skipRequestHeaders: [],
  includeResponseHeaders: [],
  skipResponseHeaders: [],
  requireEavs: [],
  includeEavs: [],
  requirePackageKeyEavs: [],
  includePackageKeyEavs: [],
  expandInput: new Set(),
  params: {},
  maxPayloadBytes: 10_240,
  maxPayloadCondition: "blocking",
};

describe("readConfiguration", () => {
  it("reads a preInput as it is entered in Boomi's field", () => {
    expect(readConfiguration(PRE_INPUT, "PreProcessor")).toEqual({
      issues: [],
      configuration: {
        ...DEFAULTS,
        point: "PreProcessor",
        externalIdKey: "globex/prod/orderTrust",
        timeoutMs: 400,
        requireRequestHeaders: ["Authorization"],
        includeRequestHeaders: ["X-Region", "X-Tier"],
        requireEavs: ["contractId"],
        includePackageKeyEavs: ["salesChannel"],
        expandInput: new Set(["requestPayload", "operation", "remoteAddress"]),
        params: { strict: true, threshold: 0.75, label: "summer" },
        maxPayloadBytes: 65_536,
      },
    });
  });

  it("reads a postInput as it is entered in Boomi's field", () => {
    expect(readConfiguration(POST_INPUT, "PostProcessor")).toEqual({
      issues: [],
      configuration: {
        ...DEFAULTS,
        point: "PostProcessor",
        functionARN:
          "arn:aws:lambda:eu-central-1:222233334444:function:order-audit",
        externalIdKey: "globex/prod/orderTrust",
        synchronicity: "Event",
        failSafe: true,
        includeResponseHeaders: ["Content-Type"],
        expandInput: new Set(["responsePayload"]),
      },
    });
  });

  it.each(POINTS)(
    "has a default for every key except the connection keys at %s",
    (point) => {
      const given = readConfiguration(CONNECTION, point);

      expect(given.configuration).toEqual({ ...DEFAULTS, point });
    },
  );

  it("reports missing keys first, in the order of Boomi's table", () => {
    const { configuration, issues } = readConfiguration(
      "nonsense\n",
      "PreProcessor",
    );

    expect(configuration).toBeUndefined();
    expect(
      issues.map(({ boomiError, message }) => boomiError?.message ?? message),
    ).toEqual([
      "AWS Region Not Specified",
      "Function ARN Not Specified",
      "Role ARN Not Specified",
      "External ID Not Specified",
      "preInput line 1: a line must have the form key:value, but this one has no colon",
    ]);
  });

  it.each([
    ["region", "AWS Region Not Specified"],
    ["functionARN", "Function ARN Not Specified"],
    ["roleARN", "Role ARN Not Specified"],
    ["externalIdKey", "External ID Not Specified"],
  ])(
    "reports a missing %s under the same name at both points",
    (key, message) => {
      const lines = CONNECTION.split("\n").filter(
        (line) => !line.startsWith(`${key}:`),
      );

      expect(
        readConfiguration(lines.join("\n"), "PostProcessor").issues,
      ).toEqual([
        {
          path: key,
          rule: "required",
          message: `postInput: ${key} is required`,
          boomiError: { name: "InvalidPreInputConfiguration", message },
        },
      ]);
    },
  );

  it("reports a required key without a value as missing, with its line", () => {
    const lines = CONNECTION.replace(/roleARN:.*/, "roleARN:");

    expect(readConfiguration(lines, "PreProcessor").issues).toMatchObject([
      {
        message: "preInput line 3: roleARN is required",
        boomiError: { message: "Role ARN Not Specified" },
      },
    ]);
  });

  it("reports every broken rule in the order of the lines", () => {
    expect(
      refused("timeout:soon\nfoo:1\nfailSafe:maybe").map(
        ({ message }) => message,
      ),
    ).toEqual([
      "preInput line 5: timeout must be an integer of at least 1, in milliseconds",
      "preInput line 6: foo is not a key of this connector",
      "preInput line 7: failSafe must be true or false",
    ]);
  });

  it("never repeats a value that may be a secret in an issue", () => {
    const secret = "hunter2/Very=Secret";
    const issues = [
      ...refused(
        ["timeout", "failSafe", "max-payload-size", "sessionName"]
          .map((key) => `${key}:${secret} ${secret}`)
          .join("\n"),
      ),
      ...refused(`include-request-headers:Authorization:${secret}`),
      ...refused(`expand-input:${secret}`),
      ...refused(`${secret}\n${secret}:${secret}\n:${secret}`),
      ...readConfiguration(
        `region:${secret}\nfunctionARN:${secret}\nroleARN:${secret}\nexternalIdKey:${secret}`,
        "PreProcessor",
      ).issues,
    ];

    expect(issues).toHaveLength(13);
    expect(JSON.stringify(issues)).not.toContain("hunter2");
  });

  it("returns a frozen configuration", () => {
    const configuration = read("sidecar-param-a:1");

    expect(Object.isFrozen(configuration)).toBe(true);
    expect(Object.isFrozen(configuration.params)).toBe(true);
  });

  it("accepts the name of every region", () => {
    for (const region of Object.values(AWS_Region)) {
      const given = {
        ...CONNECTION_OBJECT,
        region,
        functionARN: `arn:aws:lambda:${region}:222233334444:function:price`,
      };

      expect(readConfiguration(given, "PreProcessor").issues).toEqual([]);
    }
  });
});

import { readConfiguration } from "../../../../gateway/boomi/configuration/readConfiguration";
import { CONNECTION, CONNECTION_OBJECT, read, refused } from "./lines";

const PRICE = "arn:aws:lambda:eu-central-1:222233334444:function:price";

/** With another value for one of the four. */
function issuesWith(key: string, value: string) {
  return readConfiguration(
    CONNECTION.replace(new RegExp(`^${key}:.*$`, "m"), `${key}:${value}`),
    "PreProcessor",
  ).issues;
}

describe("region", () => {
  it.each(["EU-CENTRAL-1", "eu_central_1", "Frankfurt", "eu-central"])(
    "is not %s",
    (region) => {
      expect(issuesWith("region", region)).toEqual([
        {
          path: "region",
          rule: "matches",
          message:
            "preInput line 1: region must be an AWS region, for example eu-central-1",
        },
      ]);
    },
  );
});

describe("the message for an ARN", () => {
  const ROLE = "arn:aws:iam::222233334444:role/tibco_sidecar_connector_a";

  it.each([
    ["functionARN", PRICE.replace("2222333", "222 333"), "whitespace"],
    ["functionARN", PRICE.replace("2222333", "222333"), "12 digits"],
    ["functionARN", PRICE.replace("2222333", "a222333"), "12 digits"],
    ["functionARN", PRICE.replace("lambda", "iam"), "service is not lambda"],
    ["roleARN", ROLE.replace("role/", "role/ "), "whitespace"],
    ["roleARN", ROLE.replace("2222333", "2222 3333"), "whitespace"],
    ["roleARN", ROLE.replace("4444", "44445"), "12 digits"],
    ["roleARN", ROLE.replace(":222233334444:", "::"), "12 digits"],
    ["roleARN", ROLE.replace("iam", "lambda"), "service is not iam or sts"],
    ["externalIdKey", "acme/prod /key", "whitespace"],
    ["region", "eu central-1", "whitespace"],
  ])("%s: %p names the cause", (key, value, cause) => {
    expect(issuesWith(key, value)).toMatchObject([
      { path: key, message: expect.stringContaining(cause) as string },
    ]);
    expect(issuesWith(key, value)[0]?.message).not.toContain(value);
  });
});

describe("functionARN", () => {
  it.each(["", ":live", ":12", ":$LATEST"])(
    "accepts the ARN of a function with the qualifier %p",
    (qualifier) => {
      expect(issuesWith("functionARN", PRICE + qualifier)).toEqual([]);
    },
  );

  it.each([
    "price",
    "222233334444:function:price",
    PRICE.replace("222233334444", "2222"),
    PRICE.replace("lambda", "sns"),
    PRICE.replace("arn:aws:", "arn:acme:"),
    PRICE.replace("eu-central-1", ""),
    PRICE.replace("eu-central-1", "frankfurt"),
    `${PRICE}:`,
    `${PRICE}:live:1`,
    `${PRICE}${"x".repeat(64)}`,
  ])("is not %s", (arn) => {
    expect(issuesWith("functionARN", arn)).toMatchObject([
      {
        path: "functionARN",
        rule: "matches",
        message: expect.stringMatching(
          /^preInput line 2: functionARN must be the full ARN of a function, /,
        ),
      },
    ]);
  });

  it("refuses a function ARN in another region than `region`", () => {
    const elsewhere = PRICE.replace("eu-central-1", "us-east-1");

    expect(issuesWith("functionARN", elsewhere)).toEqual([
      {
        path: "functionARN",
        rule: "region",
        message:
          "preInput line 2: functionARN must be in the region eu-central-1, but is in us-east-1",
      },
    ]);
  });

  it("reports the function ARN in its own line when `region` follows it", () => {
    const lines = [
      "timeout:0",
      `functionARN:${PRICE}`,
      "failSafe:1",
      "region:us-east-1",
      ...CONNECTION.split("\n").slice(2),
    ];

    expect(
      readConfiguration(lines.join("\n"), "PreProcessor").issues.map(
        ({ path }) => path,
      ),
    ).toEqual(["timeout", "functionARN", "failSafe"]);
  });
});

describe("roleARN", () => {
  it("accepts a role ARN of sts, as in Boomi's examples, and converts it to iam", () => {
    const given = readConfiguration(
      {
        ...CONNECTION_OBJECT,
        roleARN: "arn:aws:sts::222233334444:role/tibco_sidecar_connector_x",
      },
      "PreProcessor",
    );

    expect(given.configuration?.roleARN).toBe(
      "arn:aws:iam::222233334444:role/tibco_sidecar_connector_x",
    );
  });

  it.each([
    ["arn:aws:iam::222233334444:role/Boomi_sidecar_connector", "prefix"],
    ["arn:aws:iam::222233334444:role/invoker", "prefix"],
    ["tibco_sidecar_connector", "matches"],
    [
      `arn:aws:iam::222233334444:role/tibco_sidecar_connector${"x".repeat(2048)}`,
      "size",
    ],
  ])("is not %s", (arn, rule) => {
    expect(issuesWith("roleARN", arn)).toEqual([
      {
        path: "roleARN",
        rule,
        message: expect.stringMatching(/^preInput line 3: roleARN must be /),
      },
    ]);
  });
});

describe("externalIdKey", () => {
  it("accepts the spelling of externalIdKey in Boomi's post-processor table", () => {
    const lines = CONNECTION.replace("externalIdKey", "externalIDKey");

    expect(
      readConfiguration(lines, "PostProcessor").configuration?.externalIdKey,
    ).toBe("acme/prod/trustKey");
  });

  it("refuses externalIdKey in both spellings at once", () => {
    expect(refused("externalIDKey:acme/prod/other")).toEqual([
      {
        path: "externalIdKey",
        rule: "duplicate",
        message:
          "preInput line 5: externalIdKey is set twice, first in preInput line 4",
      },
    ]);
  });

  it.each(["acme prod", "acme/prod/{key}", "x".repeat(2049)])(
    "is not %s",
    (key) => {
      expect(issuesWith("externalIdKey", key)).toMatchObject([
        { path: "externalIdKey", rule: "matches" },
      ]);
    },
  );

  it("keeps externalIdKey as written, with a leading slash or as an ARN", () => {
    const key = "arn:aws:ssm:eu-central-1:111122223333:parameter/acme/trustKey";

    expect(issuesWith("externalIdKey", key)).toEqual([]);
    expect(issuesWith("externalIdKey", "/acme/prod/trustKey")).toEqual([]);
  });
});

describe("sessionName", () => {
  it("accepts the session names that STS accepts", () => {
    expect(read("sessionName:orders-pre@acme").sessionName).toBe(
      "orders-pre@acme",
    );
  });

  it.each(["o", "orders pre", "x".repeat(65), "orders:pre"])(
    "is not %p",
    (name) => {
      expect(refused(`sessionName:${name}`)).toMatchObject([
        { path: "sessionName", rule: "matches" },
      ]);
    },
  );
});

describe("expirationDuration", () => {
  it.each([
    ["15", 900],
    ["60", 3600],
    ["720", 43_200],
  ])(
    "converts expirationDuration %s minutes to %p seconds",
    (minutes, seconds) => {
      expect(read(`expirationDuration:${minutes}`).durationSeconds).toBe(
        seconds,
      );
    },
  );

  it.each(["14", "721", "60.5", "1h", "-60", "0x20", "1e2"])(
    "is not %p",
    (minutes) => {
      expect(refused(`expirationDuration:${minutes}`)).toEqual([
        {
          path: "expirationDuration",
          rule: "range",
          message:
            "preInput line 5: expirationDuration must be an integer from 15 to 720, in minutes",
        },
      ]);
    },
  );
});

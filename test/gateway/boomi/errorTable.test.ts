import {
  CredentialsError,
  DeadlineError,
  InvalidInputError,
  ResponseError,
  ServiceError,
  TransportError,
} from "../../../src";
import { call, configured, type Scenario } from "./scenario";

const base = {
  operation: "AssumeRoleInvoke",
  message: "what the connector says",
  retryable: false,
};
const large = "x".repeat(11 * 1024);
const huge = "x".repeat(1024 * 1024 + 1);
const lookUp = {
  applicationEavs: () => ({}),
  packageKeyEavs: () => ({}),
};
const failing = () => {
  throw new Error("the directory is unavailable");
};

/** Rows 6 to 26 of Boomi's error table: the scenario that causes the error, then its name, message and status. */
const ROWS: readonly (readonly [number, Scenario, string, string, number])[] = [
  [
    6,
    { pre: configured("require-request-headers:X-Tier") },
    "RequiredHeaderConditionFailure",
    "Required Header - X-Tier Unavailable",
    400,
  ],
  [
    8,
    { pre: configured("require-eavs:contractId"), options: lookUp },
    "RequiredApplicationEAVConditionFailure",
    "Required Application EAV - contractId Unavailable",
    400,
  ],
  [
    9,
    {
      pre: configured("require-eavs:contractId"),
      options: { applicationEavs: failing },
    },
    "RequiredApplicationEAVConditionFailure",
    "Error occurred while fetching application data",
    400,
  ],
  [
    10,
    { pre: configured("require-packageKey-eavs:channel"), options: lookUp },
    "RequiredPackageKeyEAVConditionFailure",
    "Required Package Key EAV - channel Unavailable",
    400,
  ],
  [
    11,
    {
      pre: configured("require-packageKey-eavs:channel"),
      options: { packageKeyEavs: failing },
    },
    "RequiredPackageKeyEAVConditionFailure",
    "Error occurred while fetching package key data",
    400,
  ],
  [
    12,
    {
      pre: configured("expand-input:requestPayload"),
      request: { body: large },
    },
    "MaxPayloadConditionFailure",
    "Payload length is more than max allowed payload",
    413,
  ],
  [
    12,
    {
      post: configured("expand-input:responsePayload"),
      response: { body: large },
    },
    "MaxPayloadConditionFailure",
    "Payload length is more than max allowed payload",
    413,
  ],
  [
    13,
    {
      pre: configured("expand-input:requestPayload", "max-payload-size:1024"),
      request: { body: huge },
    },
    "MaxPayloadConditionFailure",
    "Payload length is more than 1MB.",
    413,
  ],
  [
    14,
    {
      pre: configured("expand-input:token"),
      options: { caller: () => ({ token: { expires: 1n } }) },
    },
    "InvalidJSONInputForAWSLambda",
    "Error while creating json input for AWS Lambda in pre-process",
    400,
  ],
  [
    15,
    {
      post: configured("expand-input:token"),
      options: { caller: () => ({ token: { expires: 1n } }) },
    },
    "InvalidJSONInputForAWSLambda",
    "Error while creating json input for AWS Lambda in post-process",
    500,
  ],
  [
    16,
    { pre: configured(), answers: [{ text: "" }] },
    "InvalidResponseFromAWSLambdaInPreProcess",
    "AWS Lambda Response is not returned",
    500,
  ],
  [
    17,
    { post: configured(), answers: [{ text: "" }] },
    "InvalidResponseFromAWSLambdaInPostProcess",
    "AWS Lambda Response is not returned",
    500,
  ],
  [
    18,
    { pre: configured(), answers: [{ text: "<html>" }] },
    "InvalidResponseFromAWSLambdaInPreProcess",
    "Invalid output from AWS Lambda function",
    500,
  ],
  [
    19,
    { post: configured(), answers: [{ text: "<html>" }] },
    "InvalidResponseFromAWSLambdaInPostProcess",
    "Invalid output from AWS Lambda function",
    500,
  ],
  [
    20,
    { pre: configured(), answers: [{ status: 204 }] },
    "InvalidResponseFromAWSLambdaInPreProcess",
    "Success Response not returned from AWS Lambda",
    500,
  ],
  [
    20,
    { pre: configured(), answers: [{ thrown: new ResponseError(base) }] },
    "InvalidResponseFromAWSLambdaInPreProcess",
    "Success Response not returned from AWS Lambda",
    500,
  ],
  [
    21,
    { post: configured(), answers: [{ status: 204 }] },
    "InvalidResponseFromAWSLambdaInPostProcess",
    "Success Response not returned from AWS Lambda",
    500,
  ],
  [
    22,
    { pre: configured(), answers: [{ thrown: new TransportError(base) }] },
    "InvalidResponseFromAWSLambdaInPreProcess",
    "Error while connecting to AWS lambda.",
    500,
  ],
  [
    23,
    { post: configured(), answers: [{ thrown: new TransportError(base) }] },
    "InvalidResponseFromAWSLambdaInPostProcess",
    "Error while connecting to AWS lambda.",
    500,
  ],
  [
    24,
    {
      pre: configured(),
      answers: [
        {
          thrown: new ServiceError({
            ...base,
            httpStatus: 404,
            serviceCode: "ResourceNotFoundException",
            cause: new Error("Function not found"),
          }),
        },
      ],
    },
    "InvalidResponseFromAWSLambdaInPreProcess",
    "Function not found",
    500,
  ],
  [
    24,
    {
      pre: configured(),
      answers: [
        {
          thrown: new CredentialsError({
            ...base,
            // The error of a role that cannot be assumed: AWS's own message is the innermost cause.
            cause: new ServiceError({
              ...base,
              message: "AssumeRoleInvoke: AWS refused. Allow the caller it.",
              httpStatus: 403,
              serviceCode: "AccessDenied",
              cause: new Error("not authorized to perform: sts:AssumeRole"),
            }),
          }),
        },
      ],
    },
    "InvalidResponseFromAWSLambdaInPreProcess",
    "not authorized to perform: sts:AssumeRole",
    500,
  ],
  [
    25,
    {
      post: configured(),
      answers: [
        {
          thrown: new ServiceError({
            ...base,
            httpStatus: 404,
            serviceCode: "ResourceNotFoundException",
            cause: new Error("Function not found"),
          }),
        },
      ],
    },
    "InvalidResponseFromAWSLambdaInPostProcess",
    "Function not found",
    500,
  ],
  [
    26,
    {
      pre: configured(),
      answers: [
        {
          thrown: new DeadlineError({
            ...base,
            reason: "timeout",
            timeoutMs: 400,
          }),
        },
      ],
    },
    "Gateway Timeout",
    "Timeout occured while connecting to AWS Service",
    504,
  ],
  [
    26,
    {
      post: configured(),
      answers: [
        {
          thrown: new DeadlineError({
            ...base,
            reason: "timeout",
            timeoutMs: 400,
          }),
        },
      ],
    },
    "Gateway Timeout",
    "Timeout occured while connecting to AWS Service",
    504,
  ],
];

describe("Boomi's table of errors", () => {
  it.each(
    ROWS.map(
      ([row, scenario, name, message, status]) =>
        [row, { name, message, status }, scenario] as const,
    ),
  )(
    "returns the error of row %d: %j",
    async (_, { name, message, status }, scenario) => {
      const { failures, faults, ...outcome } = await call({
        ...scenario,
        options: { awsErrors: "shown", ...scenario.options },
      });

      expect(faults).toEqual([]);
      expect(failures.map(({ error }) => error)).toMatchObject([
        { name, message, status },
      ]);
      expect(outcome.status).toBe(status);
      expect(outcome.headers.get("content-type")).toBe("application/xml");
      expect(outcome.body).toBe(`<h1>${message}</h1>`);
    },
  );

  it("never reaches row 7, because a request always has headers", async () => {
    const { status } = await call({
      pre: configured("include-request-headers:X-Tier"),
    });

    expect(status).toBe(200);
  });

  it.each(["", "  "])(
    "treats a blank required header (%j) as missing, as in row 6",
    async (value) => {
      const { status } = await call({
        pre: configured("require-request-headers:X-Tier"),
        request: { headers: ["X-Tier", value] },
      });

      expect(status).toBe(400);
    },
  );

  it("calls neither the function nor, at the pre-processor, the origin for rows 6 to 13", async () => {
    for (const [row, scenario] of ROWS.filter(([each]) => each < 14)) {
      const { inputs, origin } = await call(scenario);

      expect([row, inputs.length]).toEqual([row, 0]);
      if (scenario.pre !== undefined) expect(origin).toBeUndefined();
    }
  });

  it.each([
    ["AWS Region Not Specified", "region"],
    ["Function ARN Not Specified", "functionARN"],
    ["Role ARN Not Specified", "roleARN"],
    ["External ID Not Specified", "externalIdKey"],
  ])(
    "reports %s (rows 1 to 4) when the sidecar is created",
    async (message, key) => {
      const lines = configured()
        .split("\n")
        .filter((line) => !line.startsWith(key));

      const refusal = await call({ pre: lines.join("\n") }).catch(
        (error: unknown) => error,
      );
      const answered = await call({
        pre: lines.join("\n"),
        options: { onInvalidConfiguration: "answer" },
      });

      expect(refusal).toBeInstanceOf(InvalidInputError);
      expect((refusal as Error).message).toContain(message);
      expect(answered.body).toBe(`<h1>${message}</h1>`);
      expect(answered.status).toBe(500);
      expect(answered.failures[0]?.error.name).toBe(
        "InvalidPreInputConfiguration",
      );
    },
  );

  it("reports timeouts whose sum exceeds the endpoint's timeout, as in row 5", async () => {
    const scenario = {
      pre: configured("timeout:600"),
      post: configured("timeout:500"),
      options: {
        endpoint: { serviceId: "s", endpointId: "e", timeoutMs: 1_000 },
      },
    };

    const answered = await call({
      ...scenario,
      options: { ...scenario.options, onInvalidConfiguration: "answer" },
    });

    await expect(call(scenario)).rejects.toThrow(
      "Sidecar Connector timeout is greater than endpoint timeout",
    );
    expect(answered.body).toBe(
      "<h1>Sidecar Connector timeout is greater than endpoint timeout</h1>",
    );
    expect(answered.status).toBe(500);
  });

  it("returns 502 with the error but not the stack trace of a function that failed, as in row 27", async () => {
    const failed = JSON.stringify({
      errorMessage: "stock table unreachable",
      errorType: "StockError",
      stackTrace: ["at lookup", "at handler"],
    });

    const { status, headers, body } = await call({
      pre: configured(),
      answers: [{ failed }],
    });

    expect(status).toBe(502);
    expect(headers.get("content-type")).toBe("application/json");
    expect(JSON.parse(body)).toEqual({
      code: 502,
      message: { detail: "stock table unreachable", title: "StockError" },
    });
  });

  it.each(["", "null", "[]", '"text"', "{"])(
    "returns 502 with empty texts for a function error without details (%j), as in row 27",
    async (failed) => {
      const { status, body } = await call({
        pre: configured(),
        answers: [{ failed, functionError: "Handled" }],
      });

      expect(status).toBe(502);
      expect(JSON.parse(body)).toEqual({
        code: 502,
        message: { detail: "", title: "" },
      });
    },
  );
});

describe("the error response", () => {
  const refused: Scenario = {
    pre: configured("require-request-headers:X-<Tier>&".replace(/[<>&]/g, "")),
  };

  it("is an XML h1 element with escaped text by default", async () => {
    const { body } = await call({
      pre: configured(),
      answers: [
        { json: { terminate: { code: 400, message: "a < b & c > d" } } },
      ],
    });

    expect(body).toBe("<h1>a &#60; b &#38; c &#62; d</h1>");
  });

  it.each([
    [
      "json" as const,
      "application/json",
      JSON.stringify({
        code: 400,
        message: "Required Header - X-Tier Unavailable",
      }),
    ],
    [
      "text" as const,
      "text/plain; charset=utf-8",
      "Required Header - X-Tier Unavailable",
    ],
  ])("is %s when errorFormat says so", async (errorFormat, type, body) => {
    const outcome = await call({ ...refused, options: { errorFormat } });

    expect(outcome.headers.get("content-type")).toBe(type);
    expect(outcome.body).toBe(body);
  });

  it("hides the message of AWS unless awsErrors is shown", async () => {
    const thrown = new CredentialsError({
      ...base,
      cause: new Error("arn:aws:iam::222233334444:role/secret is not yours"),
    });

    const { body, failures } = await call({
      pre: configured(),
      answers: [{ thrown }],
    });

    expect(body).toBe("<h1>Error while connecting to AWS lambda.</h1>");
    expect(failures[0]?.error.cause).toBe(thrown);
  });

  it("comes from the endpoint's error set when enable_error_set is true", async () => {
    const errorSet = {
      contentType: "application/json",
      errors: {
        RequiredHeaderConditionFailure: {
          status: 422,
          statusText: "Tier Missing",
          detail: "tier",
          body: '{"error":"tier"}',
        },
      },
    };

    const on = await call({
      pre: configured(
        "require-request-headers:X-Tier",
        "enable_error_set:TRUE",
      ),
      options: { errorSet },
    });
    const off = await call({
      pre: configured("require-request-headers:X-Tier", "enable_error_set:yes"),
      options: { errorSet },
    });

    expect([on.status, on.headers.lines, on.body]).toEqual([
      422,
      ["Content-Type", "application/json", "X-Error-Detail-Header", "tier"],
      '{"error":"tier"}',
    ]);
    expect(off.status).toBe(400);
  });

  it("uses the default entry of the error set, and the error's own text when that entry has no body", async () => {
    const { status, body } = await call({
      pre: configured(
        "require-request-headers:X-Tier",
        "enable_error_set:true",
      ),
      options: { errorSet: { errors: { default: { status: 418 } } } },
    });

    expect([status, body]).toEqual([
      418,
      "<h1>Required Header - X-Tier Unavailable</h1>",
    ]);
  });

  it.each(["Gateway Timeout", "504_Gateway_Timeout", "default"])(
    "replaces a timeout by the entry %s",
    async (name) => {
      const { status, body } = await call({
        pre: configured("enable_error_set:true"),
        options: {
          errorSet: { errors: { [name]: { status: 503, body: "a" } } },
        },
        answers: [
          { thrown: new DeadlineError({ ...base, reason: "timeout" }) },
        ],
      });

      expect([status, body]).toEqual([503, "a"]);
    },
  );

  it.each([
    ["the pre-processing configuration", { pre: ["timeout:x"], post: [] }, 503],
    ["a point that has no error set", { pre: [], post: ["timeout:x"] }, 500],
    [
      "both points together",
      { pre: ["timeout:6000"], post: ["timeout:6000"] },
      503,
    ],
  ])(
    "replaces the error of an invalid configuration: %s",
    async (_, { pre, post }, expected) => {
      const { status } = await call({
        pre: configured("enable_error_set:true", ...pre),
        post: configured(...post),
        options: {
          onInvalidConfiguration: "answer",
          endpoint: { serviceId: "s", endpointId: "e", timeoutMs: 10_000 },
          errorSet: {
            errors: { InvalidPreInputConfiguration: { status: 503 } },
          },
        },
      });

      expect(status).toBe(expected);
    },
  );

  it.each([
    "UnknownError",
    "",
    "char '<' is not expected. Deserialization error: to see the raw response",
  ])("never has %p as the message of AWS", async (message) => {
    const cause = new Error(message);
    const service = new ServiceError({
      ...base,
      cause,
      httpStatus: 403,
      serviceCode: "Unknown",
      requestId: undefined,
    });
    for (const thrown of [
      service,
      new CredentialsError({ ...base, cause: service }),
    ]) {
      const { body } = await call({
        pre: configured(),
        options: { awsErrors: "shown" },
        answers: [{ thrown }],
      });

      expect(body).toBe("<h1>Error while connecting to AWS lambda.</h1>");
    }
  });
});

import { toRequestHandler } from "../../../../src/engine/http/toRequestHandler";
import { FakeAws } from "../../../FakeAws";

const request = {
  method: "GET",
  protocol: "https:",
  hostname: "lambda.eu-central-1.amazonaws.com",
  path: "/2015-03-31/functions",
  headers: {},
};
const { signal: abortSignal } = new AbortController();

async function pathOf(
  query: Readonly<Record<string, string | readonly string[] | null>>,
): Promise<string | undefined> {
  const aws = new FakeAws().answers({});
  await toRequestHandler(aws).handle({ ...request, query }, { abortSignal });
  return aws.requests[0]?.path;
}

describe("toRequestHandler", () => {
  it("writes the query as the signature counts it", async () => {
    const path = await pathOf({
      Marker: "a+/=&?#",
      Names: ["one", "two"],
      Reserved: "!'()*~-._",
      Flag: null,
      "a key": "ä😀",
    });

    expect(path).toBe(
      "/2015-03-31/functions?Marker=a%2B%2F%3D%26%3F%23&Names=one&Names=two&Reserved=%21%27%28%29%2A~-._&Flag&a%20key=%C3%A4%F0%9F%98%80",
    );
  });

  it("has no question mark where there is no query", async () => {
    const path = await pathOf({});

    expect(path).toBe("/2015-03-31/functions");
  });

  it("hands over the attempt as it is, and tells how it goes", async () => {
    const aws = new FakeAws().answers({ status: 202, body: "done" });
    const told: unknown[] = [];
    const body = Uint8Array.of(1, 2);

    const { response } = await toRequestHandler(aws).handle(
      { ...request, protocol: "http:", port: 4566, body },
      {
        abortSignal,
        onSent: () => told.push("sent"),
        onResponse: () => told.push("answered"),
      },
    );

    expect(response).toMatchObject({ statusCode: 202 });
    expect(told).toEqual(["sent", "answered"]);
    expect(aws.requests[0]).toMatchObject({ protocol: "http:", port: 4566 });
    expect(aws.requests[0]?.body).toBe(body);
  });
});

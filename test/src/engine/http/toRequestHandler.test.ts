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

async function sendPath(
  query: Readonly<Record<string, string | readonly string[] | null>>,
): Promise<string | undefined> {
  const aws = new FakeAws().respondWith({});
  await toRequestHandler(aws).handle({ ...request, query }, { abortSignal });
  return aws.requests[0]?.path;
}

describe("toRequestHandler", () => {
  it("encodes the query in the form that the signature covers", async () => {
    const path = await sendPath({
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

  it("adds no question mark if there is no query", async () => {
    const path = await sendPath({});

    expect(path).toBe("/2015-03-31/functions");
  });

  it("passes the request to the transport and reports that it was sent, and returns the response as the caller passes it on", async () => {
    const aws = new FakeAws().respondWith({ status: 202, body: "done" });
    const events: unknown[] = [];
    const body = Uint8Array.of(1, 2);

    const { response } = await toRequestHandler(aws).handle(
      { ...request, protocol: "http:", port: 4566, body },
      {
        abortSignal,
        onSent: () => events.push("sent"),
        onResponse: (received) => {
          events.push("response");
          return { ...received, statusCode: 203 };
        },
      },
    );

    expect(response).toMatchObject({ statusCode: 203 });
    expect(events).toEqual(["sent", "response"]);
    expect(aws.requests[0]).toMatchObject({ protocol: "http:", port: 4566 });
    expect(aws.requests[0]?.body).toBe(body);
  });
});

import {
  createRoute,
  toFetch,
  type RouteFailure,
  type RouteOptions,
} from "../../../../gateway";

/** A request whose body does not declare a length. It ends only if it is complete. */
function requestOf(chunks: readonly string[], { ends = true } = {}): Request {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(Buffer.from(chunk));
      if (ends) controller.close();
    },
  });
  const init = { method: "POST", body, duplex: "half" } as RequestInit;
  return new Request("http://shop.test/uploads", init);
}

/** Responds with the length of the body, behind a route with these options. */
async function upload(options: RouteOptions, request: Request) {
  const faults: RouteFailure[] = [];
  const route = createRoute({
    ...options,
    onFault: (fault) => faults.push(fault),
  });
  const handler = toFetch(
    route,
    async (given) => new Response(String((await given.text()).length)),
  );
  const response = await handler(request);
  return { status: response.status, text: await response.text(), faults };
}

describe("a request body before the next handler of Fetch", () => {
  it("is refused with status 413 as soon as it is longer than maxRequestBytes", async () => {
    const request = requestOf(["x".repeat(60), "x".repeat(60)]);
    const { status, faults } = await upload({ maxRequestBytes: 100 }, request);
    expect(status).toBe(413);
    expect(faults).toMatchObject([{ where: "request" }]);
  });

  it("passes if it is as long as maxRequestBytes", async () => {
    const request = requestOf(["x".repeat(60), "x".repeat(40)]);
    const { status, text } = await upload({ maxRequestBytes: 100 }, request);
    expect([status, text]).toEqual([200, "100"]);
  });

  it("is refused with status 408 if it stops arriving for requestIdleTimeoutMs", async () => {
    const request = requestOf(["x"], { ends: false });
    const { status } = await upload({ requestIdleTimeoutMs: 2 }, request);
    expect(status).toBe(408);
  });
});

import { createRoute, toFetch, type Step } from "../../../gateway";

const REQUEST = (): Request => new Request("http://shop.test/orders/7");

const closable = (): Step & { readonly close: jest.Mock } => ({
  name: "closable",
  request: () => undefined,
  close: jest.fn(),
});

describe("close of a route", () => {
  it("closes its steps and its origin once", async () => {
    const step = closable();
    const origin = Object.assign(() => Promise.reject(new Error()), {
      close: jest.fn(),
    });
    const route = createRoute({ steps: [step, step], origin });
    await route.close();
    await route.close();
    expect(step.close).toHaveBeenCalledTimes(1);
    expect(origin.close).toHaveBeenCalledTimes(1);
  });

  it("leaves a step open that another route has", async () => {
    const step = closable();
    const first = createRoute({ steps: [step] });
    const second = createRoute({ steps: [step] });
    await first.close();
    expect(step.close).not.toHaveBeenCalled();
    await second.close();
    expect(step.close).toHaveBeenCalledTimes(1);
  });

  it("waits until the requests in progress have completed", async () => {
    const step = closable();
    let finish: (response: Response) => void = () => undefined;
    const route = createRoute({ steps: [step] });
    const handler = toFetch(
      route,
      () => new Promise<Response>((resolve) => (finish = resolve)),
    );
    const response = handler(REQUEST());
    await new Promise(setImmediate);
    const closed = route.close();
    await new Promise(setImmediate);
    expect(step.close).not.toHaveBeenCalled();
    finish(new Response("done"));
    expect(await (await response).text()).toBe("done");
    await closed;
    expect(step.close).toHaveBeenCalledTimes(1);
  });

  it("makes the route refuse new requests with status 503", async () => {
    const onFault = jest.fn();
    const route = createRoute({ steps: [closable()], onFault });
    await route.close();
    const response = await toFetch(route)(REQUEST());
    expect(response.status).toBe(503);
    expect(onFault).not.toHaveBeenCalled();
  });

  it("rejects with the error of a step, and closes the others nonetheless", async () => {
    const broken = closable();
    broken.close.mockRejectedValue(new Error("still busy"));
    const step = closable();
    const route = createRoute({ steps: [broken, step] });
    await expect(route.close()).rejects.toThrow("still busy");
    expect(step.close).toHaveBeenCalledTimes(1);
  });

  it("runs at the end of a block with await using", async () => {
    const step = closable();
    await createRoute({ steps: [step] })[Symbol.asyncDispose]();
    expect(step.close).toHaveBeenCalledTimes(1);
  });

  it("waits for the done handlers of the last request", async () => {
    const order: string[] = [];
    const route = createRoute({
      steps: [
        {
          name: "log",
          done: async () => {
            await new Promise(setImmediate);
            order.push("done");
          },
          close: () => order.push("close"),
        },
      ],
    });
    const response = await toFetch(route, () => new Response("a"))(REQUEST());
    await response.text();
    await route.close();
    expect(order).toEqual(["done", "close"]);
  });

  it("does not run the done handlers of closed steps for refused requests", async () => {
    const done = jest.fn();
    const route = createRoute({
      steps: [{ name: "log", done }],
      onFault: () => undefined,
    });
    await route.close();
    await toFetch(route)(REQUEST());
    expect(done).not.toHaveBeenCalled();
  });
});

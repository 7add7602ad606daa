import {
  cors,
  createRouter,
  toFetch,
  type RouteFailure,
  type RouterOptions,
} from "../../../../gateway";
import { answering, corsHeadersOf, SHOP } from "./scenario";

/** A router that needs no request of its route to respond to these requests. */
const createApi = (options: Partial<RouterOptions> = {}) =>
  createRouter({
    steps: [cors({ origins: [SHOP] })],
    routes: { "ANY /orders": { origin: answering() } },
    onFault: () => undefined,
    ...options,
  });

const ask = (
  router: ReturnType<typeof createApi>,
  path = "/orders",
  init: RequestInit = {},
) =>
  toFetch(router)(
    new Request(`http://api.test${path}`, {
      headers: { Origin: SHOP },
      ...init,
    }),
  );

const ALLOWED = expect.objectContaining({
  "access-control-allow-origin": SHOP,
  vary: "Origin",
}) as unknown;

describe("cors for requests that no step handles", () => {
  it("sets the headers of a response to a body that is too long", async () => {
    const response = await ask(createApi({ maxRequestBytes: 3 }), "/orders", {
      method: "POST",
      body: "long",
      headers: { Origin: SHOP, "Content-Length": "4" },
    });
    expect(response.status).toBe(413);
    expect(corsHeadersOf(response)).toEqual(ALLOWED);
  });

  it("sets the headers of a response to an ambiguous path", async () => {
    const response = await ask(createApi(), "/%256frders");
    expect(response.status).toBe(400);
    expect(corsHeadersOf(response)).toEqual(ALLOWED);
  });

  it("sets the headers of the response of a closed route", async () => {
    const router = createApi();
    await router.close();
    const response = await ask(router);
    expect(response.status).toBe(503);
    expect(corsHeadersOf(response)).toEqual(ALLOWED);
  });

  it("reports a function that throws, and the refusal stays", async () => {
    const faults: RouteFailure[] = [];
    const broken = (): never => {
      throw new Error("broken");
    };
    const router = createApi({
      steps: [cors({ origins: broken })],
      onFault: (fault) => faults.push(fault),
    });
    await router.close();
    const response = await ask(router);
    expect(response.status).toBe(503);
    expect(faults).toMatchObject([{ where: "cors" }]);
  });
});

import {
  Body,
  cors,
  createRoute,
  GatewayResponse,
  HeaderList,
  toFetch,
  type CorsOptions,
  type RouteOptions,
} from "../../../../gateway";

/** An allowed origin. */
export const SHOP = "https://shop.example";

export const TARGET = "http://api.test/orders/7";

/** An origin that responds with these header lines. */
export const answering =
  (...lines: string[]) =>
  () =>
    Promise.resolve(
      new GatewayResponse({
        status: 200,
        headers: new HeaderList(lines),
        body: new Body(Buffer.from("orders")),
      }),
    );

/** Sends a request through a route with the step `cors` before the others. */
export const send = (
  options: CorsOptions,
  request: RequestInit,
  route: RouteOptions = {},
): Promise<Response> =>
  toFetch(
    createRoute({
      origin: answering(),
      ...route,
      steps: [cors(options), ...(route.steps ?? [])],
    }),
  )(new Request(TARGET, request));

/** A request of a page of an origin. */
export const from = (origin: string): RequestInit => ({
  headers: { Origin: origin },
});

/** The headers of the CORS protocol, and `Vary`. */
export const corsHeadersOf = ({ headers }: Response): Record<string, string> =>
  Object.fromEntries(
    [...headers].filter(([name]) => /^access-control-|^vary$/.test(name)),
  );

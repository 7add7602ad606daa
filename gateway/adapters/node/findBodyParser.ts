import type { NodeRequest } from "./toExchange";

/** A layer of an Express router, which itself may contain layers. */
interface Layer {
  readonly name?: string;
  readonly handle?: unknown;
  readonly route?: unknown;
}

/** The parsers of Express and body-parser that leave no bytes. */
const PARSERS: Readonly<Record<string, string>> = {
  jsonParser: "express.json()",
  urlencodedParser: "express.urlencoded()",
};

const MAX_LAYERS = 10_000;

/** Creates a function that returns the body parser before a handler once: with the first request that a parser has seen. */
export function createParserFinder(): (
  req: NodeRequest,
  handler: unknown,
) => string | undefined {
  let isDone = false;
  return (req, handler) => {
    if (isDone || !("body" in req)) return undefined;
    isDone = true;
    return findBodyParser(req, handler);
  };
}

/**
 * Finds a body parser that runs before a handler of an Express application. A request without a body does not show it: every parser
 * leaves the same `req.body` then.
 */
function findBodyParser(
  req: NodeRequest,
  handler: unknown,
): string | undefined {
  const { app } = req as { app?: { router?: unknown; _router?: unknown } };
  let parser: string | undefined;
  let visited = 0;
  /** Returns true at the handler. */
  const visit = (router: unknown): boolean => {
    const { stack } = (router ?? {}) as { stack?: unknown };
    if (!Array.isArray(stack)) return false;
    return stack.some(({ name = "", handle, route }: Layer) => {
      if (handle === handler) return true;
      if (++visited > MAX_LAYERS) return false;
      if (Object.hasOwn(PARSERS, name)) parser ??= PARSERS[name];
      return visit(handle) || visit(route);
    });
  };
  // Express 4 keeps its router under another name, and throws for this one.
  const router = app && ("_router" in app ? app._router : app.router);
  return visit(router) ? parser : undefined;
}

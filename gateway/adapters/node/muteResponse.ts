import type { ServerResponse } from "node:http";

/**
 * Removes the headers that a handler has set, and makes what it writes from now on have no effect, because the gateway responds instead.
 */
export function muteWrites(res: ServerResponse): void {
  for (const name of res.getHeaderNames()) res.removeHeader(name);
  const ignore = (): ServerResponse => res;
  Object.assign(res, {
    writeHead: ignore,
    flushHeaders: ignore,
    addTrailers: ignore,
    write: (...given: unknown[]) => {
      callCallback(given);
      return true;
    },
    end: (...given: unknown[]) => {
      callCallback(given);
      return res;
    },
  });
}

/** Makes a handler that sets headers after they have been sent have no effect. Node's methods throw. */
export function muteHeaders(res: ServerResponse): void {
  const ignore = (): ServerResponse => res;
  Object.assign(res, {
    setHeader: ignore,
    setHeaders: ignore,
    appendHeader: ignore,
    removeHeader: ignore,
    writeHead: ignore,
  });
}

/** Calls the callback among the arguments, at whichever position it is. */
export function callCallback(given: readonly unknown[]): void {
  const callback = given.find((each) => typeof each === "function");
  if (callback) process.nextTick(callback);
}

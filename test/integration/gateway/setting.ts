import { Socket } from "node:net";
import {
  createRoute,
  type RouteFailure,
  type RouteOptions,
  type Step,
} from "aws-lambda-connector/gateway";
import type { Host, Served } from "./hosts";
import { RawOrigin, type Script } from "./RawOrigin";
import { Wire } from "./Wire";

const closing: (() => Promise<void> | void)[] = [];

/** Takes down what a test has put up. */
export async function takeDown(): Promise<void> {
  for (const close of closing.splice(0).reverse()) await close();
}

/** Takes it down after the test. */
export function untilAfter<T extends { close(): Promise<void> | void }>(
  what: T,
): T {
  closing.push(() => what.close());
  return what;
}

/** A client, a gateway, and an origin behind it. */
export interface Setting {
  readonly wire: Wire;
  readonly origin: RawOrigin;
  readonly served: Served;
  readonly faults: RouteFailure[];
}

/** Creates a response with that body. */
export const ok = (body = "", ...lines: string[]): string =>
  [
    "HTTP/1.1 200 OK",
    `Content-Length: ${Buffer.byteLength(body, "latin1")}`,
    ...lines,
    "",
    body,
  ].join("\r\n");

/** Puts a gateway of a host between a client and an origin that writes bytes. */
export async function setUp(
  host: Host,
  script: string | Script,
  options: RouteOptions = {},
): Promise<Setting> {
  const origin = untilAfter(
    await RawOrigin.open(typeof script === "string" ? () => script : script),
  );
  const faults: RouteFailure[] = [];
  const route = createRoute({
    origin: origin.url,
    onFault: (fault) => faults.push(fault),
    ...options,
  });
  const served = untilAfter(await host.serve(route));
  const wire = untilAfter(await Wire.open(served.port));
  return { wire, origin, served, faults };
}

/** A gateway before the host's own handlers. */
export async function setUpOwn(
  host: Host,
  steps: readonly Step[],
): Promise<Omit<Setting, "origin">> {
  const faults: RouteFailure[] = [];
  const route = createRoute({ steps, onFault: (fault) => faults.push(fault) });
  const served = untilAfter(await host.serveOwn(route));
  const wire = untilAfter(await Wire.open(served.port));
  return { wire, served, faults };
}

/** Waits until that is so. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
): Promise<void> {
  while (!(await isSo())) await new Promise((go) => setImmediate(go));
}

/** Makes the timers of `setTimeout` run on a fake clock; those of sockets stay real. `jest.useRealTimers` ends it. */
export function fakeTimers(): void {
  jest.useFakeTimers({
    doNotFake: [
      "Date",
      "hrtime",
      "nextTick",
      "performance",
      "queueMicrotask",
      "setImmediate",
      "clearImmediate",
      "setInterval",
      "clearInterval",
    ],
  });
}

/** A fake clock for the timers of sockets that wait `ms` milliseconds of silence. */
export interface SocketTimers {
  /** Lets `ms` milliseconds of silence pass on each of those sockets. */
  readonly pass: () => void;
  readonly sockets: ReadonlySet<Socket>;
}

/** Replaces the timers of sockets that are set to `ms` milliseconds. `jest.restoreAllMocks` ends it. */
export function fakeSocketTimers(ms: number): SocketTimers {
  const sockets = new Set<Socket>();
  const setTimeout: Socket["setTimeout"] = Reflect.get(
    Socket.prototype,
    "setTimeout",
  );
  jest.spyOn(Socket.prototype, "setTimeout").mockImplementation(function (
    this: Socket,
    after,
    callback,
  ) {
    if (after !== ms) return setTimeout.call(this, after, callback);
    sockets.add(this);
    return this;
  });
  return {
    sockets,
    pass: () => {
      for (const socket of sockets) socket.emit("timeout");
    },
  };
}

import * as dns from "node:dns";
import * as net from "node:net";

/** The host to connect to, and how long to try. */
export interface Host {
  /** Name or address; an IPv6 address without brackets. */
  readonly hostname: string;
  readonly port: number;
}

/** When to stop connecting. */
export interface ConnectLimits {
  /** Aborts with the error to report, also when the time has elapsed. */
  readonly signal: AbortSignal;
  /** Maximum time to connect, in ms. */
  readonly timeoutMs: number;
}

/**
 * Time after which the next address is tried while earlier ones are still connecting, in ms. Shorter if a host has too many
 * addresses to try all of them within the connect timeout.
 *
 * Source: {@link https://www.rfc-editor.org/rfc/rfc8305 | RFC 8305, Happy Eyeballs}.
 */
const ATTEMPT_DELAY_MS = 250;

/** Addresses of one host that are tried. */
const MAX_ADDRESSES = 8;

/** Idle time before the first TCP keep-alive probe. A function can run for 900 s; NAT gateways drop connections after 350 s. */
const TCP_KEEP_ALIVE_MS = 30_000;

/**
 * Connects to a host. Its addresses are tried one after another; an address that does not respond does not delay the others
 * by more than 250 ms, but can still win. Node instead abandons an address after 250 ms.
 *
 * @throws The error of the only address; an `AggregateError` with the errors of all addresses; the reason of the signal.
 */
export async function connectToHost(
  host: Host,
  limits: ConnectLimits,
): Promise<net.Socket> {
  const addresses = net.isIP(host.hostname)
    ? [host.hostname]
    : await lookUp(host.hostname, limits.signal);
  return new Race(host.port, addresses, limits).run();
}

function lookUp(hostname: string, signal: AbortSignal): Promise<string[]> {
  return new Promise((resolve, reject) => {
    onAbort(signal, reject);
    const hints = process.platform === "win32" ? 0 : dns.ADDRCONFIG;
    dns.lookup(hostname, { all: true, hints }, (error, found) => {
      if (error) reject(error);
      else resolve(interleave(found).slice(0, MAX_ADDRESSES));
    });
  });
}

/** Alternates between IPv6 and IPv4, starting with the preferred family: often, one of them does not work at all. */
function interleave(found: readonly dns.LookupAddress[]): string[] {
  const isPreferred = ({ family }: dns.LookupAddress): boolean =>
    family === found[0]?.family;
  const preferred = found.filter(isPreferred);
  const others = found.filter((each) => !isPreferred(each));
  return found
    .flatMap((_, index) => [preferred[index], others[index]])
    .flatMap((each) => each?.address ?? []);
}

/** Attempts to connect to several addresses, of which the first to succeed wins. */
class Race {
  readonly #port: number;
  readonly #addresses: string[];
  readonly #signal: AbortSignal;
  readonly #delayMs: number;
  readonly #connecting = new Set<net.Socket>();
  readonly #errors: Error[] = [];
  #timer: NodeJS.Timeout | undefined;
  #resolve!: (socket: net.Socket) => void;
  #reject!: (error: Error) => void;

  constructor(
    port: number,
    addresses: readonly string[],
    { signal, timeoutMs }: ConnectLimits,
  ) {
    this.#port = port;
    this.#addresses = [...addresses];
    this.#signal = signal;
    this.#delayMs = Math.min(
      ATTEMPT_DELAY_MS,
      timeoutMs / (addresses.length + 1),
    );
  }

  async run(): Promise<net.Socket> {
    try {
      return await new Promise((resolve, reject) => {
        this.#resolve = resolve;
        this.#reject = reject;
        if (onAbort(this.#signal, reject)) this.#tryNext();
      });
    } finally {
      clearTimeout(this.#timer);
      for (const socket of this.#connecting) socket.destroy();
    }
  }

  #tryNext(): void {
    clearTimeout(this.#timer);
    const host = this.#addresses.shift();
    if (host === undefined) {
      if (this.#connecting.size === 0) this.#reject(joinErrors(this.#errors));
      return;
    }
    let socket: net.Socket;
    try {
      socket = net.connect({ host, port: this.#port, noDelay: true });
    } catch (error) {
      // Here, because a later address is tried from a timer, where an error would be uncaught.
      this.#errors.push(error as Error);
      this.#tryNext();
      return;
    }
    this.#connecting.add(socket);
    socket.once("connect", () => {
      this.#connecting.delete(socket);
      socket.setKeepAlive(true, TCP_KEEP_ALIVE_MS);
      this.#resolve(socket);
    });
    // Stays: whatever uses the socket next adds its own listener, but an error before that must not be uncaught.
    socket.on("error", (error) => {
      if (!this.#connecting.delete(socket)) return;
      this.#errors.push(error);
      this.#tryNext();
    });
    if (this.#addresses.length > 0)
      this.#timer = setTimeout(() => {
        this.#tryNext();
      }, this.#delayMs);
  }
}

function joinErrors(errors: readonly Error[]): Error {
  const [first] = errors as NodeJS.ErrnoException[];
  if (first && errors.length === 1) return first;
  const code = first?.code ?? "ENOTFOUND";
  return Object.assign(new AggregateError(errors), { code });
}

/** Calls `reject` with the reason when the signal is aborted. Returns `false` if it already was. */
function onAbort(
  signal: AbortSignal,
  reject: (reason: Error) => void,
): boolean {
  const abort = (): void => {
    reject(signal.reason as Error);
  };
  if (signal.aborted) abort();
  else signal.addEventListener("abort", abort, { once: true });
  return !signal.aborted;
}

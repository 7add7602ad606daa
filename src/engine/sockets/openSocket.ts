import { isIP, type Socket } from "node:net";
import type * as Tls from "node:tls";
import { connectToHost, type ConnectLimits, type Host } from "./connectToHost";
import { openTunnel, type ProxyServer } from "./openTunnel";
import { SocketError } from "./SocketError";

/** Which certificates are trusted. */
export interface TrustSettings {
  /** In PEM format. `undefined`: Node's default certificates. */
  readonly ca?: string | undefined;
  /** Whether certificates are verified. Defaults to `true`. */
  readonly rejectUnauthorized?: false | undefined;
}

/** Where a socket leads to, and how. */
export interface Route {
  readonly host: Host;
  /** `undefined`: the host is reached directly. */
  readonly proxy?: ProxyServer | undefined;
  /** Which certificates are trusted for the proxy. */
  readonly trust: TrustSettings;
  /** Starts TLS with the host. `undefined`: the host does not use TLS. */
  readonly startTls?: ((socket: Socket) => Tls.TLSSocket) | undefined;
  /** Maximum time until the socket is ready, in ms: name resolution, TCP, proxy and TLS. */
  readonly timeoutMs: number;
}

/**
 * Opens a socket and calls `done` when it is ready for a request, or with a {@link SocketError}. Returns a function that
 * stops opening it.
 */
export function openSocket(
  route: Route,
  done: (error: SocketError | null, socket?: Socket) => void,
): () => void {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(new SocketError("CONNECT_TIMEOUT"));
  }, route.timeoutMs);
  void new Opening(route, controller.signal).run().then(
    (socket) => {
      clearTimeout(timer);
      done(null, socket);
    },
    (error: unknown) => {
      clearTimeout(timer);
      done(error as SocketError);
    },
  );
  return () => {
    controller.abort(new SocketError("ABORTED"));
  };
}

/** A socket that is being opened. */
class Opening {
  readonly #route: Route;
  readonly #signal: AbortSignal;
  /** Whether the proxy has not yet opened a tunnel. */
  #isProxyPending: boolean;

  constructor(route: Route, signal: AbortSignal) {
    this.#route = route;
    this.#signal = signal;
    this.#isProxyPending = route.proxy !== undefined;
  }

  async run(): Promise<Socket> {
    const { host, proxy, startTls, timeoutMs } = this.#route;
    const limits: ConnectLimits = { signal: this.#signal, timeoutMs };
    try {
      let socket = await connectToHost(proxy ?? host, limits);
      if (proxy) {
        socket = await this.#passThrough(socket, proxy);
        this.#isProxyPending = false;
      }
      if (startTls) {
        const plain = socket;
        socket = await this.#secure(plain, () => startTls(plain));
      }
      return socket;
    } catch (error) {
      throw this.#toSocketError(error as NodeJS.ErrnoException);
    }
  }

  async #passThrough(plain: Socket, proxy: ProxyServer): Promise<Socket> {
    const { host, trust } = this.#route;
    const socket =
      proxy.protocol === "https:"
        ? await this.#secure(plain, () => startProxyTls(plain, proxy, trust))
        : plain;
    await this.#unlessAborted(socket, openTunnel(socket, host, proxy));
    return socket;
  }

  async #secure(plain: Socket, start: () => Tls.TLSSocket): Promise<Socket> {
    try {
      // Throws if a certificate in `ca` cannot be read, for example.
      const socket = start();
      return await this.#unlessAborted(socket, untilSecure(socket));
    } catch (error) {
      plain.destroy();
      throw error;
    }
  }

  /** Waits for a step. If it fails or the opening is aborted, the socket is destroyed. */
  async #unlessAborted<Result>(
    socket: Socket,
    step: Promise<Result>,
  ): Promise<Result> {
    const signal = this.#signal;
    let abort: (() => void) | undefined;
    try {
      return await Promise.race([
        step,
        new Promise<never>((_, reject) => {
          abort = () => {
            reject(signal.reason as Error);
          };
          if (signal.aborted) abort();
          else signal.addEventListener("abort", abort);
        }),
      ]);
    } catch (error) {
      socket.destroy();
      throw error;
    } finally {
      if (abort) signal.removeEventListener("abort", abort);
    }
  }

  #toSocketError(error: NodeJS.ErrnoException): SocketError {
    const isProxy = this.#isProxyPending;
    if (error instanceof SocketError)
      return new SocketError(error.code, { isProxy });
    return new SocketError(error.code ?? "ECONNFAILED", {
      cause: error,
      isProxy,
    });
  }
}

function untilSecure(socket: Tls.TLSSocket): Promise<Socket> {
  return new Promise((resolve, reject) => {
    socket.once("secureConnect", () => {
      resolve(socket);
    });
    // Stays, like that of the socket below.
    socket.on("error", reject);
    socket.once("close", () => {
      reject(new SocketError("ECONNRESET"));
    });
  });
}

function startProxyTls(
  socket: Socket,
  { hostname }: ProxyServer,
  { ca, rejectUnauthorized }: TrustSettings,
): Tls.TLSSocket {
  // Loaded for the first TLS connection.
  const tls = process.getBuiltinModule("node:tls");
  return tls.connect({
    socket,
    host: hostname,
    // A name for the certificate of the proxy; TLS allows no address there.
    servername: isIP(hostname) ? "" : hostname,
    ...(ca !== undefined && { ca }),
    ...(rejectUnauthorized === false && { rejectUnauthorized }),
  });
}

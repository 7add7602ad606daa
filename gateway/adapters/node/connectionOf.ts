import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import type { Connection, TlsSession } from "../../http/client/Connection";

/** The connection of a request. What belongs to TLS is read on first use. */
export function connectionOf(req: IncomingMessage): Connection {
  const { socket, httpVersion } = req;
  const { remoteAddress, remotePort, localPort } = socket;
  let tls: TlsSession | undefined;
  return {
    httpVersion: httpVersion as Connection["httpVersion"],
    remoteAddress: toPlainAddress(remoteAddress),
    remotePort,
    localPort,
    get tls() {
      if (isTls(socket)) tls ??= sessionOf(socket);
      return tls;
    },
  };
}

/** A dual-stack socket reports IPv4 addresses in their IPv6 form. */
export const toPlainAddress = (
  address: string | undefined,
): string | undefined =>
  address?.startsWith("::ffff:") ? address.slice(7) : address;

const isTls = (socket: Socket): socket is TLSSocket =>
  (socket as Partial<TLSSocket>).encrypted === true;

function sessionOf(socket: TLSSocket): TlsSession {
  const { servername } = socket as { servername?: string | false | null };
  const certificate = socket.getPeerX509Certificate();
  return {
    protocol: socket.getProtocol() ?? undefined,
    // A connection that has been closed has none.
    cipher: (socket.getCipher() as { standardName?: string } | undefined)
      ?.standardName,
    serverName: servername === false ? undefined : (servername ?? undefined),
    isClientCertificateAuthorized:
      certificate !== undefined && socket.authorized,
    clientCertificate: certificate,
  };
}

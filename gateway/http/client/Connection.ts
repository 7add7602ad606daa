import type { X509Certificate } from "node:crypto";

/**
 * The connection on which a request arrived: that of the client, or of the last proxy before the gateway.
 *
 * @category Gateway
 */
export interface Connection {
  /** Version of HTTP. `undefined` if the host does not know it, as with `toFetch`. */
  readonly httpVersion: "1.0" | "1.1" | "2.0" | undefined;

  /** Address of the other end. `undefined` for a Unix socket, or if the host does not know it. */
  readonly remoteAddress: string | undefined;

  /** Port of the other end. `undefined` for a Unix socket, or if the host does not know it. */
  readonly remotePort: number | undefined;

  /** Port at which the connection arrived. `undefined` for a Unix socket, or if the host does not know it. */
  readonly localPort: number | undefined;

  /** The TLS session. `undefined` without TLS, or if the host does not know it. */
  readonly tls: TlsSession | undefined;
}

/**
 * The TLS session of a connection.
 *
 * @category Gateway
 */
export interface TlsSession {
  /** Protocol, for example `TLSv1.3`. */
  readonly protocol: string | undefined;

  /** Cipher suite by its IANA name, for example `TLS_AES_256_GCM_SHA384`. */
  readonly cipher: string | undefined;

  /** Host name that the client requested (SNI). `undefined` if it sent none. */
  readonly serverName: string | undefined;

  /**
   * Whether the client has sent a certificate that an authority in the server's `ca` has signed. Always `false` unless the server has
   * `requestCert`.
   */
  readonly isClientCertificateAuthorized: boolean;

  /** The certificate of the client, also if it is not authorized. `undefined` if it sent none. */
  readonly clientCertificate: X509Certificate | undefined;
}

import type { CredentialsLike } from "../../../../domain";
import type { RequestHandler } from "../../http/toRequestHandler";
import type { Clock } from "../../settings/clock";
import type { Settings } from "../../settings/Settings";
import type { InstanceMetadata } from "./remoteSources";

/** A request to STS for the credentials of a role. */
export interface StsRequest {
  /** Loads the AWS SDK's classes. */
  readonly load: () => Promise<{
    readonly Client: unknown;
    readonly Command: unknown;
  }>;
  readonly input: object;
  /** Region of the profile. Optional; defaults to the connection's region. */
  readonly region?: string | undefined;
  /** Credentials that sign the request. Not set if it is not signed. */
  readonly credentials?: CredentialsLike;
}

/** What STS returns. */
export interface StsResponse {
  readonly Credentials?: {
    readonly AccessKeyId?: string | undefined;
    readonly SecretAccessKey?: string | undefined;
    readonly SessionToken?: string | undefined;
    readonly Expiration?: Date | undefined;
  };
}

/** What the default chain uses of the connection. */
export interface ChainConnection {
  readonly settings: Pick<
    Settings,
    "profile" | "useFips" | "useDualStack" | "maxAttempts"
  >;
  readonly clock: Clock;
  /** Sends through the connection's sockets, proxy and certificates. */
  readonly requestHandler: RequestHandler;
  /** Sends a request to the connection's STS endpoint. */
  readonly sendToSts: (request: StsRequest) => Promise<StsResponse>;
}

/** What the sources of the default chain use. */
export interface ChainContext extends ChainConnection {
  readonly metadata: InstanceMetadata;
}

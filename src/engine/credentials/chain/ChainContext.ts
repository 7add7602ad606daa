import type { CredentialsLike } from "../../../../domain";
import type { Codec } from "../../codecs/Codec";
import type { StsSession } from "../../codecs/stsCodecs";
import type { RequestHandler } from "../../http/toRequestHandler";
import type { Clock } from "../../settings/clock";
import type { Settings } from "../../settings/Settings";
import type { AskEndpoint } from "./askEndpoint";
import type { InstanceCredentials } from "./InstanceCredentials";
import type { MetadataService } from "./MetadataService";

/** A request to STS for the credentials of a role. */
export interface StsRequest<Input> {
  /** As in IAM and the AWS API reference. */
  readonly action: string;
  readonly codec: Codec<Input, StsSession>;
  readonly input: Input;
  /** Region of the profile. Optional; defaults to the connection's region. */
  readonly region?: string | undefined;
  /** Credentials that sign the request. Not set if it is not signed. */
  readonly credentials?: CredentialsLike;
}

/** Sends a request to the connection's STS endpoint, with retries. */
export type SendToSts = <Input extends object>(
  request: StsRequest<Input>,
) => Promise<StsSession>;

/** What the default chain uses of the connection. */
export interface ChainConnection {
  readonly settings: Pick<
    Settings,
    "profile" | "useFips" | "useDualStack" | "maxAttempts"
  >;
  readonly clock: Clock;
  /** Sends through the connection's sockets, proxy and certificates. */
  readonly requestHandler: RequestHandler;
  readonly sendToSts: SendToSts;
  /** Sends a request to the endpoint of a container. */
  readonly ask: AskEndpoint;
  /** Returns the client of the instance metadata service. */
  readonly metadata: () => MetadataService;
}

/** What the sources of the default chain use. */
export interface ChainContext extends ChainConnection {
  readonly instance: InstanceCredentials;
}

/** The JSON that a function receives. Members without content are left out. */
interface SidecarInput {
  /** `RequestResponse`: the response is applied. `Event`: the response is not used. */
  readonly synchronicity: "RequestResponse" | "Event";

  /** The gateway's ID of the call. */
  readonly masheryMessageId: string;

  /** The package key that the client used; an empty string if it used none. */
  readonly packageKey: string;

  /** Id of the API service. */
  readonly serviceId: string;

  /** Id of the endpoint. */
  readonly endpointId: string;

  /** Fixed parameters, and at post-processing the values that pre-processing relayed. */
  readonly params?: Readonly<Record<string, unknown>>;

  /** The selected parts of the request. */
  readonly request?: InputMessage;

  /** Selected EAVs of the application. */
  readonly eavs?: Readonly<Record<string, string>>;

  /** Selected EAVs of the package key. */
  readonly packageKeyEAVs?: Readonly<Record<string, string>>;

  /** Method, path after the mount path, query and URL of the request, if selected. */
  readonly operation?: InputOperation;

  /** Address of the client, if selected and known. */
  readonly remoteAddr?: string;

  /** The client's access token as the option `caller` returns it, if selected. */
  readonly token?: Readonly<Record<string, unknown>>;

  /** The request that the gateway is about to send, if selected and known. */
  readonly routing?: {
    /** HTTP method. */
    readonly httpVerb: string;

    /** The whole URL. */
    readonly uri: string;
  };
}

/**
 * The input of a pre-processing function, which runs before the request is sent to the origin.
 *
 * @category Gateway
 */
export interface PreProcessorInput extends SidecarInput {
  /** The point at which the function runs. */
  readonly point: "PreProcessor";
}

/**
 * The input of a post-processing function, which runs after the origin has responded.
 *
 * @category Gateway
 */
export interface PostProcessorInput extends SidecarInput {
  /** The point at which the function runs. */
  readonly point: "PostProcessor";

  /** The selected parts of the response. Left out if nothing was selected or found. */
  readonly response?: InputMessage & {
    /** Status of the origin's response. */
    readonly code: number;
  };
}

/**
 * The selected parts of a request or response.
 *
 * @category Gateway
 */
export interface InputMessage {
  /** The selected headers that the message has, by lower-case name; several values of one name are joined by `, `. */
  readonly headers?: Readonly<Record<string, string>>;

  /** Length of the payload in bytes, before Base64 encoding. */
  readonly payloadLength?: number;

  /** The payload, as a string or as Base64. */
  readonly payload?: string;

  /** Whether `payload` is Base64. */
  readonly payloadBase64Encoded?: boolean;
}

/**
 * The request that the client sent. `path` is what follows the mount path (`mountPath` of the adapter).
 *
 * @category Gateway
 */
export interface InputOperation {
  /** HTTP method. */
  readonly httpVerb: string;

  /** Path after the mount path, as the client spelled it. Without a mount path, the whole path. */
  readonly path: string;

  /** Decoded query parameters; several values of one name are joined by `,`. */
  readonly query: Readonly<Record<string, string>>;

  /** The whole URL. */
  readonly uri: string;
}

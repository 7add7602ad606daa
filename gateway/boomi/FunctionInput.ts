/**
 * What a function is given before the origin is asked, and after it has answered. Members without content are absent.
 */
interface FunctionInput {
  /** `RequestResponse`: the answer counts. `Event`: nobody reads it. */
  readonly synchronicity: "RequestResponse" | "Event";

  /** The gateway's id of the call. */
  readonly masheryMessageId: string;

  /** The key that the client used; empty where it used none. */
  readonly packageKey: string;

  /** Id of the API. */
  readonly serviceId: string;

  /** Id of the endpoint. */
  readonly endpointId: string;

  /** Fixed parameters, and what was relayed from before. Absent: there are none. */
  readonly params?: Readonly<Record<string, unknown>>;

  /** What was selected of the request. Absent: nothing was, or nothing was there. */
  readonly request?: InputMessage;

  /** Attributes of the application. Absent: none was selected, or none is there. */
  readonly eavs?: Readonly<Record<string, string>>;

  /** Attributes of the package key, likewise. */
  readonly packageKeyEAVs?: Readonly<Record<string, string>>;

  /** Verb, path and query as the client called them. Absent: not selected. */
  readonly operation?: InputOperation;

  /** Address of the client. Absent: not selected, or not known. */
  readonly remoteAddr?: string;

  /** The client's access token, as the host tells it. Absent: not selected, or there is none. */
  readonly token?: Readonly<Record<string, unknown>>;

  /** What the gateway is about to call. Absent: not selected, or not known. */
  readonly routing?: {
    /** Verb. */
    readonly httpVerb: string;

    /** The whole URL. */
    readonly uri: string;
  };
}

/**
 * What a function is given before the origin is asked.
 *
 * @category Gateway
 */
export interface PreProcessorInput extends FunctionInput {
  /** Which of the two points it is. */
  readonly point: "PreProcessor";
}

/**
 * What a function is given after the origin has answered.
 *
 * @category Gateway
 */
export interface PostProcessorInput extends FunctionInput {
  /** Which of the two points it is. */
  readonly point: "PostProcessor";

  /** What was selected of the response. Absent: nothing was, or nothing was there. */
  readonly response?: InputMessage & {
    /** Status of the origin's answer. */
    readonly code: number;
  };
}

/**
 * A message, as a function is given it.
 *
 * @category Gateway
 */
export interface InputMessage {
  /** Headers that were selected and are there, by their names in lower case; several values joined by `, `. */
  readonly headers?: Readonly<Record<string, string>>;

  /** Length of the payload in bytes, before Base64. */
  readonly payloadLength?: number;

  /** The payload, as text or Base64. */
  readonly payload?: string;

  /** Whether `payload` is Base64. */
  readonly payloadBase64Encoded?: boolean;
}

/**
 * Verb, path and query as the client called them.
 *
 * @category Gateway
 */
export interface InputOperation {
  /** Verb. */
  readonly httpVerb: string;

  /** Path behind the endpoint's own. */
  readonly path: string;

  /** Query parameters, decoded; several values of a name joined by `,`. */
  readonly query: Readonly<Record<string, string>>;

  /** The whole URL. */
  readonly uri: string;
}

/**
 * What a function answers to a sidecar: nothing to change, what to change, or with what to stop.
 *
 * @category Gateway
 */
export interface FunctionAnswer {
  /** What to change. Absent: nothing. */
  readonly modify?: Modification;

  /** With what to stop; goes before `modify`. Absent: the call goes on. */
  readonly terminate?: Termination;

  /** Before the origin only, where the sidecar relays: handed to the function behind it, in its `params`. */
  readonly relay?: Readonly<Record<string, unknown>>;

  /** Where the sidecar reuses: until when the same input may take the same answer, as ISO text or in ms since 1970. */
  readonly unchangedUntil?: string | number;
}

/** A body, in one of three forms; `json` goes before `payload`. */
interface AnswerBody {
  /** The body as text, or as Base64. Absent: see `json`. */
  readonly payload?: string;

  /** `payload` is Base64. Absent: it is text. */
  readonly base64Encoded?: boolean;

  /** The body as JSON. Absent: see `payload`. */
  readonly json?: unknown;
}

/**
 * What a function changes. Headers are dropped first, then added.
 *
 * @category Gateway
 */
export interface Modification extends AnswerBody {
  /** Headers to set, in place of any of that name. Absent: none. */
  readonly addHeaders?: Readonly<Record<string, string>>;

  /** Names of headers to drop. Absent: none. */
  readonly dropHeaders?: readonly string[];

  /** After the origin only: the status that the client is sent, 200 to 599. Absent: the origin's. */
  readonly completeWithCode?: number;

  /** Before the origin only, where the sidecar reroutes, else it is invalid: what is called in place of the origin. Absent: the origin. */
  readonly changeRoute?: RouteChange;
}

/**
 * What is called in place of the origin.
 *
 * @category Gateway
 */
export interface RouteChange {
  /** The whole URL; goes before the other members. */
  readonly uri?: string;

  /** Host. Absent: the origin's. */
  readonly host?: string;

  /** Port. Absent: the origin's, or where `host` is given the usual one. */
  readonly port?: number;

  /** Path and query. Absent: the request's. */
  readonly file?: string;

  /** Verb. Absent: the request's. */
  readonly httpVerb?: string;
}

/**
 * With what a function stops a call.
 *
 * @category Gateway
 */
export interface Termination extends AnswerBody {
  /** The status that the client is sent, 200 to 599. */
  readonly code: number;

  /** Text of the body, where there is neither `json` nor `payload`. Absent: the vendor's own text. */
  readonly message?: string;

  /** Headers of the answer. Absent: its content type. */
  readonly headers?: Readonly<Record<string, string>>;

  /** The same as `headers`, as `modify` calls them. */
  readonly addHeaders?: Readonly<Record<string, string>>;

  /** Names of headers to leave out. Absent: none. */
  readonly dropHeaders?: readonly string[];
}

/**
 * Lets the call pass as it is.
 *
 * @example
 * export const handler = async (input: PreProcessorInput) => (input.packageKey ? allow() : terminate(401, "a key is needed"));
 *
 * @category Gateway
 */
export function allow(): FunctionAnswer {
  return {};
}

/**
 * Lets the call pass with changes.
 *
 * @example
 * export const handler = async () => modify({ addHeaders: { "x-partner": "globex-eu" }, dropHeaders: ["x-debug"] });
 *
 * @category Gateway
 */
export function modify(modification: Modification): FunctionAnswer {
  return { modify: modification };
}

/**
 * Stops the call.
 *
 * @param code - The status that the client is sent, 200 to 599.
 * @param rest - A message, or whatever else the answer is made of. Absent: the vendor's own text.
 *
 * @example
 * export const handler = async () => terminate(451, "Orders for this region are closed");
 *
 * @category Gateway
 */
export function terminate(
  code: number,
  rest: string | Omit<Termination, "code"> = {},
): FunctionAnswer {
  return {
    terminate: {
      code,
      ...(typeof rest === "string" ? { message: rest } : rest),
    },
  };
}

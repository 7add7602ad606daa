import type { WireResponse } from "../http/transport";

/** A request to AWS before it is addressed and signed. */
export interface UnaddressedRequest {
  readonly method: "GET" | "POST";
  /** Path without the endpoint's base path; every segment is percent-encoded. */
  readonly path: string;
  /** Query, sorted by name; an empty string if there is none. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | undefined;
  /** Set if the request is not signed. */
  readonly isAnonymous?: true;
}

/** Encodes the input of an action as a request, and decodes its response. */
export interface Codec<Input, Output> {
  encode(input: Input): UnaddressedRequest;
  /**
   * Decodes the response of a request that succeeded.
   *
   * @throws `UnreadableBodyError` if the body is not in the service's format.
   */
  decode(response: WireResponse): Output;
  /**
   * Decodes the response of a request that failed.
   *
   * @throws `UnreadableBodyError` if the body is not in the service's format.
   */
  toError(response: WireResponse): Error;
}

/** The input as an operation passes it: any field can be missing or `undefined`. */
export type Optional<Input> = {
  [Field in keyof Input]?: Input[Field] | undefined;
};

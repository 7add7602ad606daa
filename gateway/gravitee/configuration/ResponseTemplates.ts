/** What a failure is answered with. */
export interface ResponseTemplate {
  /** Status, 200 to 599. Absent: the failure's. */
  readonly status?: number;

  /** Headers. Absent: none but `Content-Type`. */
  readonly headers?: Readonly<Record<string, string>>;

  /** The body, with expressions: `#error.message`, `#error.key`, `#error.statusCode`, `#parameters['function']`. Absent: none. */
  readonly body?: string;
}

/**
 * Answers to failures, by the failure's key, else `DEFAULT`; and in there by what the client accepts, else by the media type that takes
 * all.
 *
 * @example
 * const responseTemplates = {
 *   AWS_LAMBDA_INVALID_RESPONSE: {
 *     "application/json": { status: 503, body: '{"error":"{#error.key}"}' },
 *   },
 * };
 *
 * @category Gateway
 */
export type ResponseTemplates = Readonly<
  Record<string, Readonly<Record<string, ResponseTemplate>>>
>;

/** The response to a failure. */
export interface ResponseTemplate {
  /** Status, 200 to 599. Defaults to the failure's status. */
  readonly status?: number | undefined;

  /** Headers. They override the `Content-Type` of the matched media type. Defaults to none. */
  readonly headers?: Readonly<Record<string, string>> | undefined;

  /** Body, with expressions: `#error.message`, `#error.key`, `#error.statusCode`, `#parameters['function']`. Defaults to an empty body. */
  readonly body?: string | undefined;
}

/**
 * Gravitee's response templates. The first level is the error key, or `DEFAULT` for the others; the second is the media type that the
 * client accepts, or the wildcard type for the others.
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

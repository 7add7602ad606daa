import type { Exchange } from "../../http/Exchange";

/**
 * Decides whether an origin is allowed. It receives the `Origin` header: `https://shop.example`, or `null` for documents without an
 * origin, such as sandboxed frames, which any site can make.
 *
 * @category Gateway
 */
export type CorsOriginCheck = (
  origin: string,
  exchange: Exchange,
) => boolean | Promise<boolean>;

/**
 * Options of {@link cors}.
 *
 * @category Gateway
 */
export interface CorsOptions {
  /** Name of the step. Defaults to `cors`. */
  readonly name?: string | undefined;

  /**
   * The origins whose scripts may use the responses:
   *
   * - `"*"`: all. Not together with `credentials`.
   * - an array of origins as browsers send them, `https://shop.example`; `https://*` or `http://*` for every origin of a scheme; and regular
   *   expressions, which must match the whole origin. `null` is never one of them.
   * - a function.
   */
  readonly origins: "*" | readonly (string | RegExp)[] | CorsOriginCheck;

  /**
   * Methods that a preflight request may ask for, or `"*"` for all. They are compared with regard to case. Defaults to `GET`, `HEAD`,
   * `POST`, `PUT`, `PATCH` and `DELETE`.
   */
  readonly methods?: "*" | readonly string[] | undefined;

  /** Request headers that a preflight request may ask for, or `"*"` for all, `Authorization` too. Defaults to `"*"`. */
  readonly headers?: "*" | readonly string[] | undefined;

  /**
   * Response headers that scripts may read besides those that they always may, or `"*"` for all, which is not allowed together with
   * `credentials`. Defaults to none.
   */
  readonly exposeHeaders?: "*" | readonly string[] | undefined;

  /** Whether scripts may send cookies and read the responses to them. Defaults to false. */
  readonly credentials?: boolean | undefined;

  /**
   * How long a browser may reuse the response to a preflight request, in seconds, an integer from -1 to 86,400; -1 prevents it. Defaults to
   * the browser's own default of a few seconds.
   */
  readonly maxAgeSeconds?: number | undefined;

  /**
   * Whether pages on public addresses may use this server on a private one, if the browser asks with
   * `Access-Control-Request-Private-Network`. Defaults to false.
   *
   * @see {@link https://wicg.github.io/private-network-access/ | Private Network Access}
   */
  readonly privateNetwork?: boolean | undefined;
}

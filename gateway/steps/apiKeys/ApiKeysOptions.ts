/**
 * An API key, by its hash or as it is.
 *
 * @category Gateway
 */
export type ApiKey =
  | {
      /** Name of the client, 1 to 100 characters. Several keys may have the same, for example while a client changes its key. */
      readonly id: string;

      /** SHA-256 hash of the key, 64 hexadecimal digits: see {@link hashApiKey}. */
      readonly hash: string;

      /** Not allowed together with `hash`. */
      readonly key?: undefined;
    }
  | {
      /** Name of the client, 1 to 100 characters. Several keys may have the same, for example while a client changes its key. */
      readonly id: string;

      /** The key, 1 to 1,024 visible ASCII characters. Only its hash is kept. */
      readonly key: string;

      /** Not allowed together with `key`. */
      readonly hash?: undefined;
    };

/**
 * Options of {@link apiKeys}.
 *
 * @category Gateway
 */
export interface ApiKeysOptions {
  /** Name of the step. Defaults to `apiKeys`. */
  readonly name?: string | undefined;

  /** The keys of the clients. */
  readonly keys: readonly ApiKey[];

  /** Header that contains the key. Defaults to `x-api-key`. */
  readonly header?: string | undefined;

  /**
   * Query parameter that contains the key, if the header is missing. Keys in URLs appear in logs and in the histories of browsers. Defaults
   * to none.
   */
  readonly query?: string | undefined;

  /** Whether a request without a key is refused. One with an unknown key always is. Defaults to true. */
  readonly required?: boolean | undefined;

  /**
   * Whether the origin and later steps receive the key. Otherwise the header is removed, and the query parameter, for which the route needs
   * an `origin`. Defaults to false.
   */
  readonly forward?: boolean | undefined;
}

/** What the host knows of an exchange, for expressions. Plain values; functions and instances of classes are not reached. */
export interface HostVariables {
  /** `#api`: `id`, `name`, `version`. Its `properties` are `properties` here, unless it has its own. Absent: null. */
  readonly api?: Readonly<Record<string, unknown>>;

  /** `#properties`, those of the API. Absent: null. */
  readonly properties?: Readonly<Record<string, unknown>>;

  /** `#dictionaries`, by name and key. Absent: null. */
  readonly dictionaries?: Readonly<Record<string, unknown>>;

  /** `#endpoints`, by name. Absent: null. */
  readonly endpoints?: Readonly<Record<string, unknown>>;

  /** `#node`: `id`, `tenant`, `version`, `zone`, `shardingTags`. Absent: null. */
  readonly node?: Readonly<Record<string, unknown>>;

  /** `#subscription`: `id`, `type`, `applicationName`, `clientId`, `metadata`. Absent: null. */
  readonly subscription?: Readonly<Record<string, unknown>>;

  /** `#request.pathParams`, as the host's router has found them. Absent: none. */
  readonly pathParams?: Readonly<Record<string, string | readonly string[]>>;

  /** `#request.ssl`: what is known of the client's certificate. Absent: null. */
  readonly ssl?: Readonly<Record<string, unknown>>;
}

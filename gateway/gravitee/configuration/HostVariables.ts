/** What the host knows about an exchange, for expressions. Only plain values are readable: functions and class instances are not. */
export interface HostVariables {
  /** `#api`: `id`, `name`, `version`. `#api.properties` defaults to `properties`. Defaults to null. */
  readonly api?: Readonly<Record<string, unknown>> | undefined;

  /** `#properties`, the API properties. Defaults to null. */
  readonly properties?: Readonly<Record<string, unknown>> | undefined;

  /** `#dictionaries`, by name and key. Defaults to null. */
  readonly dictionaries?: Readonly<Record<string, unknown>> | undefined;

  /** `#endpoints`, by name. Defaults to null. */
  readonly endpoints?: Readonly<Record<string, unknown>> | undefined;

  /** `#node`: `id`, `tenant`, `version`, `zone`, `shardingTags`. Defaults to null. */
  readonly node?: Readonly<Record<string, unknown>> | undefined;

  /** `#subscription`: `id`, `type`, `applicationName`, `clientId`, `metadata`. Defaults to null. */
  readonly subscription?: Readonly<Record<string, unknown>> | undefined;

  /** `#request.pathParams`, from the host's router. Defaults to no parameters. */
  readonly pathParams?:
    Readonly<Record<string, string | readonly string[]>> | undefined;

  /** `#request.ssl`, the client's certificate. Defaults to null. */
  readonly ssl?: Readonly<Record<string, unknown>> | undefined;
}

import { inspect } from "node:util";
import { Caption, Exclude } from "./decorators";

/** Values from which a {@link PutExternalIdResponse} is created. */
export interface PutExternalIdResponseInit {
  /** Name of the parameter as it was written. */
  readonly externalIdKey: string;

  /** Version that was written. Optional; missing if AWS did not send it. */
  readonly version?: number | undefined;

  /** External ID. */
  readonly externalId: string;
}

/**
 * An external ID stored in Parameter Store, and the name of its parameter.
 *
 * The external ID is a secret. Read the property and use it in the role's trust policy:
 * `JSON.stringify`, `console.log`, `util.inspect` with default options, template literals, `instanceToPlain`,
 * `Object.entries` and spread do not show it.
 *
 * @see {@link https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html |
 * PutParameter in the Systems Manager API reference}
 *
 * @example
 * const stored = await connector.putExternalId({
 *   externalIdKey: "acme/prod/trustKey",
 * });
 * console.log(`${stored}`); // PutExternalIdResponse(/acme/prod/trustKey)
 * const policy = trustPolicy({
 *   principal: "111122223333",
 *   externalId: stored.externalId,
 * });
 */
export class PutExternalIdResponse {
  /** Name of the parameter as it was written. A hierarchical name starts with a slash. */
  @Caption("External ID key")
  readonly externalIdKey!: string;

  /** Version that was written; the first is 1. Missing if AWS did not send it. */
  @Caption("Version")
  readonly version?: number;

  /** External ID from the request, or the generated one. Hidden when the object is printed. */
  @Caption("External ID")
  @Exclude({ toPlainOnly: true })
  readonly externalId!: string;

  /**
   * Creates a response. Application code receives responses from the connector; tests can create their own.
   *
   * @param init - Values that were stored. Defaults to none, as `plainToInstance` passes no arguments.
   */
  constructor(init?: PutExternalIdResponseInit) {
    // Not enumerable, so that spread, loggers and serializers that enumerate the properties do not see it.
    Object.defineProperty(this, "externalId", {
      writable: true,
      value: init?.externalId,
    });
    if (!init) return;
    this.externalIdKey = init.externalIdKey;
    if (init.version !== undefined) this.version = init.version;
  }

  /** Returns the parameter's name and version. The external ID is replaced by `[hidden]`. */
  toJSON(): Record<string, unknown> {
    return {
      externalIdKey: this.externalIdKey,
      ...(this.version !== undefined && { version: this.version }),
      externalId: "[hidden]",
    };
  }

  /** Returns `PutExternalIdResponse(/acme/prod/trustKey)` with the parameter's name, which is not a secret. */
  toString(): string {
    return `PutExternalIdResponse(${this.externalIdKey})`;
  }

  /** Returns what `console.log` and `util.inspect` print: the fields of {@link toJSON}. */
  [inspect.custom](): string {
    return `PutExternalIdResponse ${inspect(this.toJSON())}`;
  }
}

import { inspect } from "node:util";
import { Caption, Exclude } from "./decorators";

/** What a {@link PutExternalIdResponse} is made of. */
export interface ExternalIdFacts {
  /** Name of the parameter, as it was written. */
  readonly externalIdKey: string;

  /** Number of the version that was written. Absent: AWS did not say. */
  readonly version?: number | undefined;

  /** The external id itself. */
  readonly externalId: string;
}

/**
 * An external id that is in the Parameter Store, and the key that leads to it.
 *
 * The external id is a secret: it is there to be read by name and handed to whoever writes the role's trust policy, and
 * nowhere to be seen: not in `JSON.stringify`, `util.inspect` as it prints by itself, template text, `instanceToPlain`,
 * `Object.entries` or a spread.
 *
 * @see {@link https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html |
 * PutParameter in the Systems Manager API reference}
 *
 * @example
 * const stored = await connector.putExternalId({ externalIdKey: "acme/prod/trustKey" });
 * console.log(`${stored}`); // PutExternalIdResponse(/acme/prod/trustKey)
 * const policy = trustPolicy({ principal: "111122223333", externalId: stored.externalId });
 */
export class PutExternalIdResponse {
  /** Name of the parameter as it was written: with its leading slash where it has levels. */
  @Caption("External id key")
  readonly externalIdKey!: string;

  /** Number of the version that was written, 1 for the first. Absent: AWS did not say. */
  @Caption("Version")
  readonly version?: number;

  /** The external id, as it was given or made. Hidden wherever the object is printed. */
  @Caption("External id")
  @Exclude({ toPlainOnly: true })
  readonly externalId!: string;

  /**
   * Made by the connector; you receive it. A test may make its own.
   *
   * @param facts - What was stored. Absent: nothing yet, as `plainToInstance` needs it.
   */
  constructor(facts?: ExternalIdFacts) {
    // Not enumerable: a spread, a logger or a serialiser that walks the properties does not come upon it.
    Object.defineProperty(this, "externalId", {
      writable: true,
      value: facts?.externalId,
    });
    if (!facts) return;
    this.externalIdKey = facts.externalIdKey;
    if (facts.version !== undefined) this.version = facts.version;
  }

  /** Key and version; the external id as `[hidden]`. */
  toJSON(): Record<string, unknown> {
    return {
      externalIdKey: this.externalIdKey,
      ...(this.version !== undefined && { version: this.version }),
      externalId: "[hidden]",
    };
  }

  /** `PutExternalIdResponse(/acme/prod/trustKey)`: the key, which is no secret. */
  toString(): string {
    return `PutExternalIdResponse(${this.externalIdKey})`;
  }

  /** What `console.log` and `util.inspect` print: {@link toJSON}. */
  [inspect.custom](): string {
    return `PutExternalIdResponse ${inspect(this.toJSON())}`;
  }
}

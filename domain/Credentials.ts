import { inspect } from "node:util";
import {
  Caption,
  Exclude,
  IsDate,
  IsOptional,
  IsString,
  Length,
  Matches,
} from "./decorators";

const HIDDEN = "[hidden]";

/** Plain object with AWS credentials, in the shape that the AWS SDK accepts. Its values are not validated. */
export interface CredentialsLike {
  /** Access key ID. AWS's own IDs have 16 to 128 letters, digits and underscores. */
  readonly accessKeyId: string;

  /** Secret access key, without whitespace. */
  readonly secretAccessKey: string;

  /** Session token of temporary credentials, of any length. Optional; missing for static credentials. */
  readonly sessionToken?: string | undefined;

  /**
   * Time at which the credentials expire: a date, or an ISO 8601 string with an offset, such as `2030-01-01T12:00:00Z`.
   * Optional; missing if they do not expire or the time is unknown.
   */
  readonly expiration?: Date | string | undefined;
}

/**
 * AWS credentials: static ones of a user, or temporary ones with a session token.
 *
 * The AWS SDK accepts an instance as credentials. Secrets can be read as properties only: `JSON.stringify`, `console.log`,
 * `util.inspect` with default options, template literals, `instanceToPlain`, `Object.entries` and spread do not show them.
 *
 * @see {@link https://docs.aws.amazon.com/STS/latest/APIReference/API_Credentials.html |
 * Credentials in the STS API reference}
 *
 * @example
 * const credentials = new Credentials({
 *   accessKeyId: "AKIAIOSFODNN7EXAMPLE",
 *   secretAccessKey: "wJalrXUtnFEMI",
 * });
 * console.log(`${credentials}`); // Credentials(AKIAIOSFODNN7EXAMPLE)
 * const connector = createConnector({
 *   region: AWS_Region.eu_central_1,
 *   credentials,
 * });
 */
export class Credentials {
  /** Access key ID, 16 to 128 letters, digits and underscores. Ids of temporary credentials start with `ASIA`. */
  @Caption("Access key ID")
  @IsString()
  @Length(16, 128, { message: "accessKeyId must be 16 to 128 characters long" })
  @Matches(/^\w+$/, {
    message: "accessKeyId must contain only letters, digits and underscores",
  })
  readonly accessKeyId!: string;

  /** Secret access key, without whitespace. Hidden when the object is printed. */
  @Caption("Secret access key")
  @IsString()
  @Matches(/^\S+$/, {
    message: "secretAccessKey must be a string without whitespace",
  })
  @Exclude({ toPlainOnly: true })
  readonly secretAccessKey!: string;

  /** Session token of temporary credentials. Optional; missing for static credentials. Hidden when the object is printed. */
  @Caption("Session token")
  @IsOptional()
  @IsString()
  @Matches(/^\S+$/, {
    message: "sessionToken must be a string without whitespace",
  })
  @Exclude({ toPlainOnly: true })
  readonly sessionToken?: string;

  /** Time at which the credentials expire. Optional; missing if they do not expire or the time is unknown. */
  @Caption("Expiration")
  @IsOptional()
  @IsDate({ message: "expiration must be a date" })
  readonly expiration?: Date;

  /**
   * Creates credentials without validating them; {@link operations!GetStaticCredentials} validates their format.
   *
   * @param credentials - Values to copy. Defaults to none, as `plainToInstance` passes no arguments.
   */
  constructor(credentials?: CredentialsLike) {
    // Not enumerable, so that spread, loggers and serializers that enumerate the properties do not see them.
    Object.defineProperties(this, {
      secretAccessKey: { writable: true, value: credentials?.secretAccessKey },
      sessionToken: { writable: true, value: credentials?.sessionToken },
    });
    if (!credentials) return;
    this.accessKeyId = credentials.accessKeyId;
    const { expiration } = credentials;
    if (expiration)
      this.expiration =
        typeof expiration === "string" ? new Date(expiration) : expiration;
  }

  /** Returns the access key ID and the expiration as an ISO 8601 string. Secrets are replaced by `[hidden]`. */
  toJSON(): Record<string, unknown> {
    return {
      accessKeyId: this.accessKeyId,
      secretAccessKey: HIDDEN,
      ...(this.sessionToken !== undefined && { sessionToken: HIDDEN }),
      ...(this.expiration && { expiration: this.expiration.toJSON() }),
    };
  }

  /** Returns `Credentials(AKIA…)` with the access key ID, which is not a secret. */
  toString(): string {
    return `Credentials(${this.accessKeyId})`;
  }

  /** Returns what `console.log` and `util.inspect` print: the fields of {@link toJSON}. */
  [inspect.custom](): string {
    return `Credentials ${inspect(this.toJSON())}`;
  }
}

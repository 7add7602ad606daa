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

/** What {@link Credentials} are made of; also the shape in which the AWS SDK takes keys. Taken as it is, unchecked. */
export interface CredentialKeys {
  /** Access key id; of AWS's own, 16 to 128 letters, digits and underscores. */
  readonly accessKeyId: string;

  /** Secret access key, without white space. */
  readonly secretAccessKey: string;

  /** Session token of temporary keys; AWS gives no longest length. Absent: the keys are static. */
  readonly sessionToken?: string | undefined;

  /** When the keys cease to be good. Absent: they do not expire, or nobody said when. */
  readonly expiration?: Date | undefined;
}

/**
 * Keys for AWS: static ones of a user, or temporary ones with a session token.
 *
 * The AWS SDK takes an instance as it is. The secrets are there to be read by name and nowhere to be seen: not in
 * `JSON.stringify`, `util.inspect` as it prints by itself, template text, `instanceToPlain`, `Object.entries` or a spread.
 *
 * @see {@link https://docs.aws.amazon.com/STS/latest/APIReference/API_Credentials.html |
 * Credentials in the STS API reference}
 *
 * @example
 * const credentials = new Credentials({ accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI" });
 * console.log(`${credentials}`); // Credentials(AKIAIOSFODNN7EXAMPLE)
 * const own = createConnector({ region: AWS_Region.eu_central_1, credentials });
 */
export class Credentials {
  /** Access key id, 16 to 128 letters, digits and underscores; begins with `ASIA` where the keys are temporary. */
  @Caption("Access key id")
  @IsString()
  @Length(16, 128, { message: "accessKeyId takes 16 to 128 characters" })
  @Matches(/^\w+$/, {
    message: "accessKeyId takes letters, digits and underscores only",
  })
  readonly accessKeyId!: string;

  /** Secret access key, without white space. Hidden wherever the object is printed. */
  @Caption("Secret access key")
  @IsString()
  @Matches(/^\S+$/, {
    message: "secretAccessKey takes a text without white space",
  })
  @Exclude({ toPlainOnly: true })
  readonly secretAccessKey!: string;

  /** Session token of temporary keys. Hidden wherever the object is printed. Absent: the keys are static. */
  @Caption("Session token")
  @IsOptional()
  @IsString()
  @Matches(/^\S+$/, {
    message: "sessionToken takes a text without white space",
  })
  @Exclude({ toPlainOnly: true })
  readonly sessionToken?: string;

  /** When the keys cease to be good. Absent: they do not expire, or nobody said when. */
  @Caption("Expiration")
  @IsOptional()
  @IsDate({ message: "expiration takes a date" })
  readonly expiration?: Date;

  /**
   * Holds keys as they are given; {@link operations!GetStaticCredentials} checks them for form.
   *
   * @param keys - What to hold. Absent: nothing yet, as `plainToInstance` needs it.
   */
  constructor(keys?: CredentialKeys) {
    // Not enumerable: a spread, a logger or a serialiser that walks the properties does not come upon them.
    Object.defineProperties(this, {
      secretAccessKey: { writable: true, value: keys?.secretAccessKey },
      sessionToken: { writable: true, value: keys?.sessionToken },
    });
    if (!keys) return;
    this.accessKeyId = keys.accessKeyId;
    if (keys.expiration) this.expiration = keys.expiration;
  }

  /** The key id, and the expiration as ISO text; the secrets as `[hidden]`. */
  toJSON(): Record<string, unknown> {
    return {
      accessKeyId: this.accessKeyId,
      secretAccessKey: HIDDEN,
      ...(this.sessionToken !== undefined && { sessionToken: HIDDEN }),
      ...(this.expiration && { expiration: this.expiration.toJSON() }),
    };
  }

  /** `Credentials(AKIA…)`: the key id, which is no secret. */
  toString(): string {
    return `Credentials(${this.accessKeyId})`;
  }

  /** What `console.log` and `util.inspect` print: {@link toJSON}. */
  [inspect.custom](): string {
    return `Credentials ${inspect(this.toJSON())}`;
  }
}

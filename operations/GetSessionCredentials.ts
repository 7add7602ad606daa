import { inspect } from "node:util";
import { Credentials } from "../domain";
import {
  Caption,
  Exclude,
  Satisfies,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
} from "../domain/decorators";
import {
  isPemCertificate,
  isPemKey,
  isPkcs12,
  keyBeside,
  pemIn,
} from "../src/engine/rolesanywhere/Papers";
import {
  identityOf,
  sessionKeys,
} from "../src/engine/rolesanywhere/sessionKeys";
import type { Call } from "../src/engine/call/Call";
import { CredentialsOperation } from "../src/engine/operation/CredentialsOperation";
import { noteRoleSession } from "../src/engine/connection/roleSessions";

const HIDDEN = "[hidden]";
const SECRETS = ["certificate", "privateKey", "passphrase"] as const;
const SECONDS = "durationSeconds takes a whole number, 900 to 43200";

/** The key may be in the PKCS#12 file, or beside the certificate in PEM. */
function isKeyFor(value: unknown, request: object): boolean {
  if (value != null) return isPemKey(value);
  const { certificate } = request as Partial<GetSessionCredentialsRequest>;
  return pemIn(certificate) === undefined || isPemKey(keyBeside(certificate));
}

/**
 * Which role, by which trust anchor and profile, and the certificate that proves who asks. Its secrets are hidden when
 * it is printed.
 *
 * @see {@link https://docs.aws.amazon.com/rolesanywhere/latest/userguide/authentication-create-session.html |
 * CreateSession in the IAM Roles Anywhere user guide}
 */
export class GetSessionCredentialsRequest {
  /**
   * ARN of the trust anchor, which holds the certificate of your authority; at most 1,011 characters, for example
   * `arn:aws:rolesanywhere:eu-central-1:111122223333:trust-anchor/a1b2c3d4-5678-90ab-cdef-111111111111`.
   */
  @Caption("Trust anchor ARN")
  @IsString()
  @Length(1, 1011, { message: "trustAnchorArn takes at most 1011 characters" })
  @Matches(
    /^arn:aws[a-z-]*:rolesanywhere:[a-z\d-]+:\d{12}:trust-anchor\/[\w-]+$/,
    {
      message:
        "trustAnchorArn takes the ARN of a trust anchor, for example arn:aws:rolesanywhere:eu-central-1:111122223333:trust-anchor/a1b2c3d4-5678-90ab-cdef-111111111111",
    },
  )
  readonly trustAnchorArn!: string;

  /**
   * ARN of the profile, which lists the role; at most 1,011 characters, for example
   * `arn:aws:rolesanywhere:eu-central-1:111122223333:profile/a1b2c3d4-5678-90ab-cdef-222222222222`.
   */
  @Caption("Profile ARN")
  @IsString()
  @Length(1, 1011, { message: "profileArn takes at most 1011 characters" })
  @Matches(/^arn:aws[a-z-]*:rolesanywhere:[a-z\d-]+:\d{12}:profile\/[\w-]+$/, {
    message:
      "profileArn takes the ARN of a profile, for example arn:aws:rolesanywhere:eu-central-1:111122223333:profile/a1b2c3d4-5678-90ab-cdef-222222222222",
  })
  readonly profileArn!: string;

  /**
   * ARN of the role to assume, 20 to 2,048 characters, for example `arn:aws:iam::111122223333:role/node`. Its trust policy
   * lets `rolesanywhere.amazonaws.com` do `sts:AssumeRole`, `sts:TagSession` and `sts:SetSourceIdentity`.
   */
  @Caption("Role ARN")
  @IsString()
  @Length(20, 2048, { message: "roleArn takes 20 to 2048 characters" })
  @Matches(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@\-/]+$/, {
    message:
      "roleArn takes the ARN of a role, for example arn:aws:iam::222233334444:role/invoker",
  })
  readonly roleArn!: string;

  /**
   * Certificate: PEM, as text or as the file's bytes, the one that the key belongs to first; or a PKCS#12 file (`.p12`, `.pfx`), as bytes or as base64
   * text, with certificate and key in it. Further certificates in it are intermediates. PKCS#12 is opened by the package
   * `node-forge`, which you install; PEM needs none.
   */
  @Caption("Certificate")
  @Satisfies((value) => pemIn(value) !== undefined || isPkcs12(value), {
    message:
      "certificate takes PEM text, beginning with -----BEGIN CERTIFICATE-----, or a PKCS#12 file as bytes or base64 text; what stands in the file, not its name",
  })
  readonly certificate!: string | Uint8Array;

  /**
   * Private key of the certificate, RSA or EC, as PEM text. A secret. Absent: it is in the PKCS#12 file, or stands beside
   * the certificate in PEM.
   */
  @Caption("Private key")
  @Satisfies(isKeyFor, {
    message:
      "privateKey takes PEM text, beginning with -----BEGIN PRIVATE KEY-----; what stands in the file, not its name",
  })
  @Exclude({ toPlainOnly: true })
  readonly privateKey?: string;

  /** Pass phrase of the private key or of the PKCS#12 file. A secret. Absent: they are not locked. */
  @Caption("Pass phrase")
  @IsOptional()
  @IsString()
  @Exclude({ toPlainOnly: true })
  readonly passphrase?: string;

  /**
   * Intermediate certificates between the certificate and the trust anchor, as PEM text, in any order. Absent: those beside
   * the certificate itself, if there are any.
   */
  @Caption("Certificate chain")
  @IsOptional()
  @Satisfies(isPemCertificate, {
    message:
      "certificateChain takes PEM text, beginning with -----BEGIN CERTIFICATE-----; what stands in the file, not its name",
  })
  readonly certificateChain?: string;

  /**
   * How long the session lasts, in seconds, 900 to 43,200; beyond what profile and role allow it is shortened to that, and
   * `expiration` of the answer tells. Absent: as long as the profile says, 3,600 unless it was changed.
   */
  @Caption("Duration")
  @IsOptional()
  @IsInt({ message: SECONDS })
  @Min(900, { message: SECONDS })
  @Max(43_200, { message: SECONDS })
  readonly durationSeconds?: number;

  /**
   * Name of the session, 2 to 64 letters, digits and `_ + = , . @ -`, where the profile accepts one. Absent: the
   * certificate's serial number.
   */
  @Caption("Role session name")
  @IsOptional()
  @IsString()
  @Matches(/^[\w+=,.@-]{2,64}$/, {
    message:
      "roleSessionName takes 2 to 64 letters, digits and _ + = , . @ -, without spaces",
  })
  readonly roleSessionName?: string;

  constructor() {
    // Not enumerable: a spread, a logger or a serialiser that walks the properties does not come upon them.
    for (const secret of SECRETS)
      Object.defineProperty(this, secret, { writable: true });
  }

  /** Everything but certificate, key and pass phrase: a PKCS#12 file has the key in it. */
  toJSON(): Record<string, unknown> {
    const hidden = SECRETS.filter((field) => this[field] !== undefined);
    return Object.fromEntries([
      ...Object.entries(this),
      ...hidden.map((field) => [field, HIDDEN]),
    ]) as Record<string, unknown>;
  }

  /** What `console.log` and `util.inspect` print: {@link toJSON}. */
  [inspect.custom](): string {
    return `GetSessionCredentialsRequest ${inspect(this.toJSON())}`;
  }
}

/**
 * Gets the keys of a role for whoever has a certificate and no keys of AWS: IAM Roles Anywhere. The session is kept, by
 * everything that it was asked for with, until shortly before it expires; whoever asks meanwhile waits for the same one.
 *
 * Roles Anywhere is asked in the connection's region, or where it has none in the trust anchor's; the connection's
 * `credentials` are not needed. Certificate, key and intermediates are looked at before anything is sent.
 *
 * @throws
 * - `ERR_INVALID_INPUT`: the request breaks a rule; or the certificate cannot be read, has expired or is not valid yet; the
 *   key does not belong to it, or is neither RSA nor EC; the pass phrase is wrong; the chain does not lead from the
 *   certificate. Nothing is sent, and no part of the key is told.
 * - `ERR_CREDENTIALS`: Roles Anywhere refused, with AWS's code as `serviceCode`, or did not answer; `cause` tells why.
 * - `ERR_DEADLINE`: time ran out, or the caller's signal fired.
 *
 * @see {@link https://docs.aws.amazon.com/rolesanywhere/latest/userguide/authentication-create-session.html |
 * CreateSession in the IAM Roles Anywhere user guide}
 * @see {@link https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html |
 * What the role, the profile and the certificate need}
 *
 * @example
 * import { readFileSync } from "node:fs";
 * import { AWS_Region, createConnector } from "aws-lambda-connector";
 *
 * const connector = createConnector({ region: AWS_Region.eu_central_1 });
 * const credentials = connector.getSessionCredentials.provider({
 *   trustAnchorArn: "arn:aws:rolesanywhere:eu-central-1:111122223333:trust-anchor/a1b2c3d4-5678-90ab-cdef-111111111111",
 *   profileArn: "arn:aws:rolesanywhere:eu-central-1:111122223333:profile/a1b2c3d4-5678-90ab-cdef-222222222222",
 *   roleArn: "arn:aws:iam::111122223333:role/node",
 *   certificate: readFileSync("node.pem", "utf8"),
 *   privateKey: readFileSync("node.key", "utf8"),
 * });
 * const own = createConnector({ region: AWS_Region.eu_central_1, credentials });
 */
export class GetSessionCredentials extends CredentialsOperation<GetSessionCredentialsRequest> {
  readonly name = "GetSessionCredentials";
  readonly permissions: readonly string[] = [];
  readonly request = GetSessionCredentialsRequest;

  protected async run(
    request: GetSessionCredentialsRequest,
    call: Call,
  ): Promise<Credentials> {
    call.secrets.add(
      request.privateKey,
      keyBeside(request.certificate),
      request.passphrase,
    );
    const keys = await sessionKeys(request, call);
    return noteRoleSession(new Credentials(keys), keys);
  }

  protected override check(request: GetSessionCredentialsRequest): void {
    identityOf(request, { operation: this.name });
  }
}

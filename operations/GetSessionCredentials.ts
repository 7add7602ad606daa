import { inspect } from "node:util";
import { Credentials } from "../domain";
import {
  Caption,
  Exclude,
  IsIntBetween,
  IsOptional,
  IsRoleArn,
  IsRoleSessionName,
  IsString,
  Length,
  Matches,
  Satisfies,
} from "../domain/decorators";
import { isPkcs12 } from "../src/engine/rolesanywhere/isPkcs12";
import {
  loadSessionCredentials,
  secretsOf,
} from "../src/engine/rolesanywhere/loadSessionCredentials";
import { checkIdentity } from "../src/engine/rolesanywhere/parseIdentity";
import {
  isPemCertificate,
  isPemPrivateKey,
  toPem,
} from "../src/engine/rolesanywhere/pem";
import type { Call } from "../src/engine/call/Call";
import { CredentialsOperation } from "../src/engine/operation/CredentialsOperation";
import { markRoleSession } from "../src/engine/settings/roleSession";

const HIDDEN = "[hidden]";
const SECRETS = ["certificate", "privateKey", "passphrase"] as const;

/** Accepts a missing key if it is in the PKCS#12 file, or in the same PEM string as the certificate. */
function isPrivateKeyOf(value: unknown, request: object): boolean {
  if (value != null) return isPemPrivateKey(value);
  const { certificate } = request as Partial<GetSessionCredentialsRequest>;
  return toPem(certificate) === undefined || isPemPrivateKey(certificate);
}

/** A profile works only with the trust anchors of its region. If either ARN is not valid, another rule reports it. */
function isInRegionOfAnchor(value: unknown, request: object): boolean {
  const { trustAnchorArn: arnOfAnchor } = request as Record<string, unknown>;
  const [anchor, profile] = [arnOfAnchor, value]
    .map((arn) => (typeof arn === "string" ? arn : ""))
    .map((arn) => /^arn:[a-z-]+:rolesanywhere:([a-z\d-]+):/.exec(arn)?.[1]);
  return !anchor || !profile || anchor === profile;
}

/**
 * Role, trust anchor, profile, and the certificate that identifies the caller. Secrets are hidden when it is printed.
 *
 * @see {@link https://docs.aws.amazon.com/rolesanywhere/latest/userguide/authentication-create-session.html |
 * CreateSession in the IAM Roles Anywhere user guide}
 */
export class GetSessionCredentialsRequest {
  /**
   * ARN of the trust anchor, which has your certificate authority's certificate. At most 1,011 characters, for example
   * `arn:aws:rolesanywhere:eu-central-1:111122223333:trust-anchor/a1b2c3d4-5678-90ab-cdef-111111111111`.
   */
  @Caption("Trust anchor ARN")
  @IsString()
  @Length(1, 1011, {
    message: "trustAnchorArn must be at most 1011 characters long",
  })
  @Matches(
    /^arn:aws[a-z-]*:rolesanywhere:[a-z\d-]+:\d{12}:trust-anchor\/[\w-]+$/,
    {
      message:
        "trustAnchorArn must be the ARN of a trust anchor, for example arn:aws:rolesanywhere:eu-central-1:111122223333:trust-anchor/a1b2c3d4-5678-90ab-cdef-111111111111",
    },
  )
  readonly trustAnchorArn!: string;

  /**
   * ARN of the profile, which lists the role, in the region of the trust anchor. At most 1,011 characters, for example
   * `arn:aws:rolesanywhere:eu-central-1:111122223333:profile/a1b2c3d4-5678-90ab-cdef-222222222222`.
   */
  @Caption("Profile ARN")
  @IsString()
  @Length(1, 1011, {
    message: "profileArn must be at most 1011 characters long",
  })
  @Satisfies(isInRegionOfAnchor, {
    message: "profileArn must be a profile in the region of the trust anchor",
  })
  @Matches(/^arn:aws[a-z-]*:rolesanywhere:[a-z\d-]+:\d{12}:profile\/[\w-]+$/, {
    message:
      "profileArn must be the ARN of a profile, for example arn:aws:rolesanywhere:eu-central-1:111122223333:profile/a1b2c3d4-5678-90ab-cdef-222222222222",
  })
  readonly profileArn!: string;

  /**
   * ARN of the role to assume, 20 to 2,048 characters, for example `arn:aws:iam::111122223333:role/node`.
   *
   * Its trust policy must allow `rolesanywhere.amazonaws.com` to perform `sts:AssumeRole`, `sts:TagSession` and
   * `sts:SetSourceIdentity`.
   */
  @Caption("Role ARN")
  @IsRoleArn()
  readonly roleArn!: string;

  /**
   * Certificate in PEM or DER format, or a PKCS#12 file with certificate and key. A string, bytes, or base64 of the file.
   *
   * PEM is also read if it was changed on its way through environment variables, YAML or secret stores: with `\n` as two
   * characters, with spaces or nothing instead of line breaks, indented, or in quotes. It can also contain the private key,
   * and intermediates, in any order. At most 1,048,576 bytes, and 1,000,000 hash iterations for each encrypted part. PKCS#12
   * files (`.p12`, `.pfx`) of older programs are encrypted with RC2 and require the package `node-forge`, which you install.
   */
  @Caption("Certificate")
  @Satisfies((value) => toPem(value) !== undefined || isPkcs12(value), {
    message:
      "certificate must be a PEM string that starts with -----BEGIN CERTIFICATE-----, the bytes of a certificate, or a PKCS#12 file as bytes or a base64 string; pass the content of the file, not its path",
  })
  readonly certificate!: string | Uint8Array;

  /**
   * Private key of the certificate, RSA or EC, in PEM or DER format. Defaults to the key in `certificate`.
   *
   * It can have the same forms as `certificate`, and has at most 65,536 bytes. A secret.
   */
  @Caption("Private key")
  @Satisfies(isPrivateKeyOf, {
    message:
      "privateKey must be a PEM string that starts with -----BEGIN PRIVATE KEY-----, or the bytes of a key; pass the content of the file, not its path",
  })
  @Exclude({ toPlainOnly: true })
  readonly privateKey?: string | Uint8Array;

  /** Passphrase of the private key or of the PKCS#12 file. A secret. Defaults to none: the key is not encrypted. */
  @Caption("Passphrase")
  @IsOptional()
  @IsString()
  @Exclude({ toPlainOnly: true })
  readonly passphrase?: string;

  /**
   * Intermediate certificates in PEM format, in any order, or one in DER. Defaults to those in `certificate`, if any.
   *
   * They connect the certificate to the trust anchor. They can have the same forms as `certificate`, and can be cross-signed:
   * the longest path is sent.
   */
  @Caption("Certificate chain")
  @IsOptional()
  @Satisfies((value) => isPemCertificate(value), {
    message:
      "certificateChain must be a PEM string that starts with -----BEGIN CERTIFICATE-----, or the bytes of a certificate; pass the content of the file, not its path",
  })
  readonly certificateChain?: string | Uint8Array;

  /**
   * Duration of the session, in seconds, 900 to 43,200. Defaults to the profile's duration.
   *
   * The profile's duration is 3,600 unless it was changed. AWS shortens it to the maximum of the profile and the role;
   * `expiration` of the result has the actual end.
   */
  @Caption("Duration")
  @IsOptional()
  @IsIntBetween(900, 43_200)
  readonly durationSeconds?: number;

  /**
   * Name of the role session, 2 to 64 letters, digits and `_ + = , . @ -`. Defaults to the certificate's serial number.
   *
   * The profile must accept custom session names.
   */
  @Caption("Role session name")
  @IsOptional()
  @IsRoleSessionName()
  readonly roleSessionName?: string;

  constructor() {
    // Not enumerable, so that spread, loggers and serializers that enumerate the properties do not see them.
    for (const secret of SECRETS)
      Object.defineProperty(this, secret, { writable: true });
  }

  /** Returns the fields, with certificate, key and passphrase replaced by `[hidden]`. A PKCS#12 file contains the key. */
  toJSON(): Record<string, unknown> {
    const hidden = SECRETS.filter((field) => this[field] !== undefined);
    return Object.fromEntries([
      ...Object.entries(this),
      ...hidden.map((field) => [field, HIDDEN]),
    ]) as Record<string, unknown>;
  }

  /** Returns what `console.log` and `util.inspect` print: the fields of {@link toJSON}. */
  [inspect.custom](): string {
    return `GetSessionCredentialsRequest ${inspect(this.toJSON())}`;
  }
}

/**
 * Returns credentials of a role, obtained with a certificate through IAM Roles Anywhere.
 *
 * Use it on machines that have a certificate and no AWS credentials; the connection's `credentials` are not used. The
 * request is sent to the region of the trust anchor, not to the connection's. Certificate, key and intermediates are
 * validated before anything is sent.
 *
 * The session is cached until shortly before it expires, separately for every combination of request fields. Concurrent
 * calls share one request.
 *
 * @throws
 * - `ERR_INVALID_INPUT`: the request is invalid; or the certificate cannot be read, has expired or is not yet valid; the key
 *   does not match it, or is neither RSA nor EC; the passphrase is wrong; or the chain does not start at the certificate.
 *   Nothing is sent, and the error contains no part of the key.
 * - `ERR_CREDENTIALS`: Roles Anywhere refused the request (AWS's code is in `serviceCode`) or did not respond; `cause` has
 *   the reason.
 * - `ERR_DEADLINE`: the timeout elapsed, or the caller's signal was aborted.
 *
 * @see {@link https://docs.aws.amazon.com/rolesanywhere/latest/userguide/authentication-create-session.html |
 * CreateSession in the IAM Roles Anywhere user guide}
 * @see {@link https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html | Requirements for the role, the
 * profile and the certificate}
 *
 * @example
 * import { readFileSync } from "node:fs";
 * import { AWS_Region, createConnector } from "aws-lambda-connector";
 *
 * const region = AWS_Region.eu_central_1;
 * const provider = createConnector({ region }).getSessionCredentials.provider({
 *   trustAnchorArn:
 *     "arn:aws:rolesanywhere:eu-central-1:111122223333:trust-anchor/a1b2c3d4-5678-90ab-cdef-111111111111",
 *   profileArn:
 *     "arn:aws:rolesanywhere:eu-central-1:111122223333:profile/a1b2c3d4-5678-90ab-cdef-222222222222",
 *   roleArn: "arn:aws:iam::111122223333:role/node",
 *   certificate: readFileSync("node.pem", "utf8"),
 *   privateKey: readFileSync("node.key", "utf8"),
 * });
 * const connector = createConnector({ region, credentials: provider });
 */
export class GetSessionCredentials extends CredentialsOperation<GetSessionCredentialsRequest> {
  readonly name = "GetSessionCredentials";
  readonly permissions: readonly string[] = [];
  readonly request = GetSessionCredentialsRequest;

  protected async run(
    request: GetSessionCredentialsRequest,
    call: Call,
  ): Promise<Credentials> {
    call.secrets.add(...secretsOf(request));
    const credentials = await loadSessionCredentials(request, call);
    return markRoleSession(new Credentials(credentials), credentials);
  }

  protected override check(request: GetSessionCredentialsRequest): void {
    checkIdentity(request, { operation: this.name });
  }
}

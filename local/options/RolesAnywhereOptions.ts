/**
 * Trust anchors by name. The name is the end of their ARN; 1 to 64 letters, digits, hyphens and
 * underscores.
 */
export type TrustAnchorsOption = Readonly<
  Record<string, string | TrustAnchorOptions>
>;

/**
 * A trust anchor: a certificate authority whose certificates are accepted. Its ARN is
 * `arn:aws:rolesanywhere:<region>:<account>:trust-anchor/<name>`.
 *
 * @see {@link https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html | The
 * trust model in the IAM Roles Anywhere user guide}
 */
export interface TrustAnchorOptions {
  /** One or more CA certificates (`CA:true`) in PEM format. */
  readonly certificate: string;

  /** Region of the trust anchor. Defaults to the region of the embedded AWS. */
  readonly region?: string | undefined;
}

/**
 * Profiles by name. The name is the end of their ARN; 1 to 64 letters, digits, hyphens and
 * underscores.
 */
export type ProfilesOption = Readonly<Record<string, ProfileOptions>>;

/**
 * A profile: the roles that can be assumed with a certificate. Its ARN is
 * `arn:aws:rolesanywhere:<region>:<account>:profile/<name>`.
 *
 * @see {@link https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_CreateProfile.html
 * | CreateProfile in the IAM Roles Anywhere API reference}
 */
export interface ProfileOptions {
  /** Roles of the same account, by name or ARN. */
  readonly roles: readonly string[];

  /** Maximum duration of a session in seconds; an integer from 900 to 43,200. Defaults to 3,600. */
  readonly durationSeconds?: number | undefined;

  /** Whether requests may set the session name. Defaults to `false`, as in AWS. */
  readonly acceptRoleSessionName?: boolean | undefined;

  /** Region of the profile. Defaults to the region of the embedded AWS. */
  readonly region?: string | undefined;
}

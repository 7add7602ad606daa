import type { PolicyDocument } from "../iam/PolicyDocument";
import type { ReceivedRequest } from "../journal/RequestJournal";
import type { FunctionOutput } from "../state/FunctionOutput";
import type { FunctionsOption } from "./FunctionOptions";

/**
 * What an embedded AWS is to hold. Every option may be left out.
 *
 * @example
 * const local = await startLocalAws({
 *   functions: { price: () => ({ total: 1290 }) },
 *   parameters: { "/acme/prod/trustKey": "s3cr3t" },
 *   accounts: { "222233334444": { functions: "./functions" } },
 *   sessionSeconds: 2,
 * });
 */
export interface LocalAwsOptions {
  /** Port on 127.0.0.1; 0 to 65,535. Absent or 0: the system chooses a free one. */
  readonly port?: number;

  /**
   * Region where functions and parameters live unless they say otherwise. Requests for
   * other regions are served as well, known or not. Absent: `eu-central-1`.
   */
  readonly region?: string;

  /** Account of the caller, 12 digits. Absent: `111122223333`. */
  readonly accountId?: string;

  /** Functions of the caller's account: a folder to find them in, or each by its name. Absent: none. */
  readonly functions?: FunctionsOption;

  /** Parameter Store of the caller's account, by name; a bare text is a `SecureString`. Absent: empty. */
  readonly parameters?: ParametersOption;

  /** Roles of the caller's account, by name. Absent: none. */
  readonly roles?: RolesOption;

  /**
   * Trust anchors of IAM Roles Anywhere, by name; a bare text is the certificate. Their ARNs are in
   * `local.trustAnchors`. Absent: none.
   */
  readonly trustAnchors?: TrustAnchorsOption;

  /** Profiles of IAM Roles Anywhere, by name. Their ARNs are in `local.profiles`. Absent: none. */
  readonly profiles?: ProfilesOption;

  /**
   * Further users of the caller's account, by name; their keys are in `local.users`.
   * Absent: only the administrator, whose keys are `local.credentials`.
   */
  readonly users?: UsersOption;

  /** Further accounts, by their 12 digits; not the caller's own. Absent: none. */
  readonly accounts?: Readonly<Record<string, AccountOptions>>;

  /**
   * Longest life of borrowed keys in seconds, whatever was asked for, so that a test
   * can watch them expire; above 0, at most 43,200. Absent: as long as was asked for.
   */
  readonly sessionSeconds?: number;

  /**
   * Seconds before the second and the third try of an asynchronous invocation whose
   * function failed; at most two numbers, each 0 to 3,600. Absent: 60 and 120, as AWS waits.
   */
  readonly eventRetrySeconds?: readonly number[];

  /** What time it is for expiry and signatures, in epoch milliseconds. Absent: `Date.now`. */
  readonly clock?: () => number;

  /**
   * Is called with every request once it was answered, or once it is certain that it never will be; what it throws ends
   * the process. Absent: nobody is told, and `local.requests` remembers them.
   */
  readonly onRequest?: (request: ReceivedRequest) => void;

  /**
   * Is called with what functions in files print, while they run, and with the error of each that failed; what it
   * throws ends the process. Absent: it stands in the function's log and nowhere else.
   */
  readonly onOutput?: (output: FunctionOutput) => void;
}

/** What a further account is to hold. */
export interface AccountOptions {
  /** Functions: a folder to find them in, or each by its name. Absent: none. */
  readonly functions?: FunctionsOption;

  /** Parameter Store, by name; a bare text is a `SecureString`. Absent: empty. */
  readonly parameters?: ParametersOption;

  /** Roles, by name. Absent: none. */
  readonly roles?: RolesOption;

  /** Trust anchors of IAM Roles Anywhere, by name; a bare text is the certificate. Absent: none. */
  readonly trustAnchors?: TrustAnchorsOption;

  /** Profiles of IAM Roles Anywhere, by name. Absent: none. */
  readonly profiles?: ProfilesOption;
}

/** Parameters by name; a name with levels begins with a slash. */
export type ParametersOption = Readonly<
  Record<string, string | ParameterOptions>
>;

/**
 * A parameter of the Parameter Store: its value, or its versions.
 *
 * @see {@link https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Parameter.html |
 * Parameter in the Systems Manager API reference}
 *
 * @example
 * const local = await startLocalAws({
 *   parameters: {
 *     "/acme/prod/trustKey": { versions: [{ value: "s3cr3t", labels: ["live"] }, "not-yet-in-use"] },
 *   },
 * });
 */
export interface ParameterOptions {
  /** Value of the parameter, 1 to 4,096 characters. Absent: its `versions` have one each. */
  readonly value?: string;

  /**
   * Labels of the value, by which `name:label` leads to it; at most 10, each 1 to 100 letters, digits and `_ . -`, that
   * begins with no digit, `aws` or `ssm`. Absent: none.
   */
  readonly labels?: readonly string[];

  /** Versions in place of `value`, the oldest first, 1 to 100; a bare text is one without labels. Absent: the value alone. */
  readonly versions?: readonly (string | ParameterVersionOptions)[];

  /** Type of the parameter. Absent: `SecureString`. */
  readonly type?: "String" | "StringList" | "SecureString";

  /** Region it is in. Absent: the region of the embedded AWS. */
  readonly region?: string;
}

/** One version of a parameter. */
export interface ParameterVersionOptions {
  /** Value of the version, 1 to 4,096 characters. */
  readonly value: string;

  /** Labels of the version, as those of a parameter; none that another version has. Absent: none. */
  readonly labels?: readonly string[];
}

/** Roles by name, 1 to 64 letters, digits and `_ + = , . @ -`. */
export type RolesOption = Readonly<Record<string, RoleOptions>>;

/**
 * An IAM role.
 *
 * @see {@link https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html |
 * AssumeRole in the STS API reference}
 */
export interface RoleOptions {
  /** Trust policy: who may assume the role, and on which external id. */
  readonly trust: PolicyDocument;

  /** Policies that say what the role's sessions may do. Absent: nothing. */
  readonly permissions?: readonly PolicyDocument[];

  /** Longest session in seconds; a whole number, 3,600 to 43,200. Absent: 3,600. */
  readonly maxSessionDuration?: number;
}

/** Trust anchors by name, 1 to 64 letters, digits, hyphens and underscores, which is the end of their ARN. */
export type TrustAnchorsOption = Readonly<
  Record<string, string | TrustAnchorOptions>
>;

/**
 * A trust anchor: an authority whose certificates are believed. Its ARN is
 * `arn:aws:rolesanywhere:<region>:<account>:trust-anchor/<name>`.
 *
 * @see {@link https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html |
 * The trust model in the IAM Roles Anywhere user guide}
 */
export interface TrustAnchorOptions {
  /** Certificate of the authority, PEM, with `CA:true`; or several. */
  readonly certificate: string;

  /** Region it is in. Absent: the region of the embedded AWS. */
  readonly region?: string;
}

/** Profiles by name, 1 to 64 letters, digits, hyphens and underscores, which is the end of their ARN. */
export type ProfilesOption = Readonly<Record<string, ProfileOptions>>;

/**
 * A profile: which roles certificates may lead to. Its ARN is
 * `arn:aws:rolesanywhere:<region>:<account>:profile/<name>`.
 *
 * @see {@link https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_CreateProfile.html |
 * CreateProfile in the IAM Roles Anywhere API reference}
 */
export interface ProfileOptions {
  /** Roles of the same account, by name or ARN. */
  readonly roles: readonly string[];

  /** Longest session in seconds; a whole number, 900 to 43,200. Absent: 3,600. */
  readonly durationSeconds?: number;

  /** Whether who asks may name the session. Absent: no, as AWS has it. */
  readonly acceptRoleSessionName?: boolean;

  /** Region it is in. Absent: the region of the embedded AWS. */
  readonly region?: string;
}

/** IAM users by name, 1 to 64 letters, digits and `_ + = , . @ -`. */
export type UsersOption = Readonly<Record<string, UserOptions>>;

/** An IAM user. */
export interface UserOptions {
  /** Policies that say what the user may do; empty: nothing. */
  readonly permissions: readonly PolicyDocument[];
}

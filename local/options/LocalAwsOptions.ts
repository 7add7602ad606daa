import type { LocalCredentials } from "./LocalCredentials";
import type { PolicyDocument } from "../iam/PolicyDocument";
import type { ReceivedRequest } from "../journal/RequestJournal";
import type { FunctionOutput } from "../state/FunctionOutput";
import type {
  ProfilesOption,
  TrustAnchorsOption,
} from "./RolesAnywhereOptions";
import type { FunctionsOption } from "./FunctionOptions";

/**
 * Options of an embedded AWS. All are optional.
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
  /** Port on 127.0.0.1; 0 to 65,535. Defaults to 0: the operating system chooses a free port. */
  readonly port?: number | undefined;

  /**
   * Default region of functions and parameters. Requests for other regions are accepted too.
   * Defaults to `eu-central-1`.
   */
  readonly region?: string | undefined;

  /** Account ID of the caller, 12 digits. Defaults to `111122223333`. */
  readonly accountId?: string | undefined;

  /**
   * Functions of the caller's account: the path of a folder, or an object of handlers and options
   * by name. Defaults to none.
   */
  readonly functions?: FunctionsOption | undefined;

  /**
   * Parameters of the caller's account, by name. A string is the value of a `SecureString`.
   * Defaults to none.
   */
  readonly parameters?: ParametersOption | undefined;

  /** Roles of the caller's account, by name. Defaults to none. */
  readonly roles?: RolesOption | undefined;

  /**
   * Trust anchors of IAM Roles Anywhere, by name. A string is the certificate. `local.trustAnchors`
   * has their ARNs. Defaults to none.
   */
  readonly trustAnchors?: TrustAnchorsOption | undefined;

  /** Profiles of IAM Roles Anywhere, by name. `local.profiles` has their ARNs. Defaults to none. */
  readonly profiles?: ProfilesOption | undefined;

  /**
   * Access key of the administrator, for configurations that are written before the start:
   * `accessKeyId` (4 to 128 letters, digits and underscores) and `secretAccessKey` (1 to 128 ASCII
   * characters without whitespace). By default, both are generated at each start.
   */
  readonly credentials?: LocalCredentials | undefined;

  /**
   * Further IAM users of the caller's account, by name. `local.users` has their credentials, and
   * `local.credentials` those of the administrator. Defaults to none.
   */
  readonly users?: UsersOption | undefined;

  /**
   * Further accounts, by account ID of 12 digits. Must not contain the caller's account. Defaults
   * to none.
   */
  readonly accounts?: Readonly<Record<string, AccountOptions>> | undefined;

  /**
   * Maximum duration of role sessions in seconds, regardless of the requested duration, so that a
   * test can wait until they expire; above 0, at most 43,200. Defaults to the requested duration.
   */
  readonly sessionSeconds?: number | undefined;

  /**
   * Seconds before the second and the third attempt of an asynchronous invocation that failed; at
   * most two numbers, each 0 to 3,600. Defaults to 60 and 120, as in AWS.
   */
  readonly eventRetrySeconds?: readonly number[] | undefined;

  /**
   * Returns the current time for expiry and signatures, in epoch milliseconds. Defaults to
   * `Date.now`.
   */
  readonly clock?: (() => number) | undefined;

  /**
   * Called with every request after its response was sent, or after it is certain that there will
   * be none. An exception ends the process.
   */
  readonly onRequest?: ((request: ReceivedRequest) => void) | undefined;

  /**
   * Called with the output of functions in files while they run, and with the error of each
   * failure. An exception ends the process.
   */
  readonly onOutput?: ((output: FunctionOutput) => void) | undefined;
}

/** Resources of a further account. */
export interface AccountOptions {
  /**
   * Functions: the path of a folder, or an object of handlers and options by name. Defaults to
   * none.
   */
  readonly functions?: FunctionsOption | undefined;

  /** Parameters, by name. A string is the value of a `SecureString`. Defaults to none. */
  readonly parameters?: ParametersOption | undefined;

  /** Roles, by name. Defaults to none. */
  readonly roles?: RolesOption | undefined;

  /**
   * Trust anchors of IAM Roles Anywhere, by name. A string is the certificate. Defaults to none.
   */
  readonly trustAnchors?: TrustAnchorsOption | undefined;

  /** Profiles of IAM Roles Anywhere, by name. Defaults to none. */
  readonly profiles?: ProfilesOption | undefined;
}

/** Parameters by name. Hierarchical names start with a slash. */
export type ParametersOption = Readonly<
  Record<string, string | ParameterOptions>
>;

/**
 * A parameter with its value, or with its versions.
 *
 * @see {@link https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Parameter.html |
 * Parameter in the Systems Manager API reference}
 *
 * @example
 * const local = await startLocalAws({
 *   parameters: {
 *     "/acme/prod/trustKey": {
 *       versions: [{ value: "s3cr3t", labels: ["live"] }, "not-yet-in-use"],
 *     },
 *   },
 * });
 */
export interface ParameterOptions {
  /** Value of the parameter, 1 to 4,096 characters. Required unless `versions` is given. */
  readonly value?: string | undefined;

  /**
   * Labels of the value, for requests of `name:label`; at most 10. A label has 1 to 100 letters,
   * digits and `_ . -`, and must not start with a digit, `aws` or `ssm`. Defaults to none.
   */
  readonly labels?: readonly string[] | undefined;

  /** Versions instead of `value`, oldest first; 1 to 100. A string is a version without labels. */
  readonly versions?: readonly (string | ParameterVersionOptions)[] | undefined;

  /** Type of the parameter. Defaults to `SecureString`. */
  readonly type?: "String" | "StringList" | "SecureString" | undefined;

  /** Region of the parameter. Defaults to the region of the embedded AWS. */
  readonly region?: string | undefined;
}

/** A version of a parameter. */
export interface ParameterVersionOptions {
  /** Value of the version, 1 to 4,096 characters. */
  readonly value: string;

  /**
   * Labels of the version, with the same rules as for a parameter. Each label belongs to one
   * version. Defaults to none.
   */
  readonly labels?: readonly string[] | undefined;
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
  /** Trust policy: which principals may assume the role, and with which external ID. */
  readonly trust: PolicyDocument;

  /** Permission policies of the role. Defaults to none. */
  readonly permissions?: readonly PolicyDocument[] | undefined;

  /**
   * Maximum duration of a session in seconds; an integer from 3,600 to 43,200. Defaults to 3,600.
   */
  readonly maxSessionDuration?: number | undefined;
}

/** IAM users by name, 1 to 64 letters, digits and `_ + = , . @ -`. */
export type UsersOption = Readonly<Record<string, UserOptions>>;

/** An IAM user. */
export interface UserOptions {
  /** Permission policies of the user. An empty list gives no permissions. */
  readonly permissions: readonly PolicyDocument[];
}

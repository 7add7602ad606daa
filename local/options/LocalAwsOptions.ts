import type { PolicyDocument } from "../iam/PolicyDocument";
import type { FunctionsOption } from "./FunctionOptions";

/** What an embedded AWS is to hold. Every option may be left out. */
export interface LocalAwsOptions {
  /** Port on 127.0.0.1; 0 to 65,535. Absent or 0: the system chooses a free one. */
  readonly port?: number;

  /**
   * Region where functions and parameters live unless they say otherwise. Requests for
   * other regions are served as well. Absent: `eu-central-1`.
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
   * Further users of the caller's account, by name; their keys are in `local.users`.
   * Absent: only the administrator, whose keys are `local.credentials`.
   */
  readonly users?: UsersOption;

  /** Further accounts, by their 12 digits. Absent: none. */
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
}

/** What a further account is to hold. */
export interface AccountOptions {
  /** Functions: a folder to find them in, or each by its name. Absent: none. */
  readonly functions?: FunctionsOption;

  /** Parameter Store, by name; a bare text is a `SecureString`. Absent: empty. */
  readonly parameters?: ParametersOption;

  /** Roles, by name. Absent: none. */
  readonly roles?: RolesOption;
}

/** Parameters by name. */
export type ParametersOption = Readonly<
  Record<string, string | ParameterOptions>
>;

/** A parameter of the Parameter Store. */
export interface ParameterOptions {
  /** 1 to 4,096 characters. */
  readonly value: string;

  /** Absent: `SecureString`. */
  readonly type?: "String" | "StringList" | "SecureString";

  /** Region it is in. Absent: the region of the embedded AWS. */
  readonly region?: string;
}

/** Roles by name. */
export type RolesOption = Readonly<Record<string, RoleOptions>>;

/** An IAM role. */
export interface RoleOptions {
  /** Who may assume it, and on which external id. */
  readonly trust: PolicyDocument;

  /** What its sessions may do. Absent: nothing. */
  readonly permissions?: readonly PolicyDocument[];

  /** Longest session in seconds; 3,600 to 43,200. Absent: 3,600. */
  readonly maxSessionDuration?: number;
}

/** IAM users by name. */
export type UsersOption = Readonly<Record<string, UserOptions>>;

/** An IAM user. */
export interface UserOptions {
  /** What the user may do. */
  readonly permissions: readonly PolicyDocument[];
}

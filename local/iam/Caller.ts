import type { Role } from "./Role";
import type { Statement } from "./Statement";

/** The principal that signed a request. */
export interface Caller {
  readonly accountId: string;

  /** ARN of the caller, as in AWS's messages. */
  readonly arn: string;

  /** `AIDA…` of a user; `AROA…:session` of an assumed role. */
  readonly userId: string;

  /** Statements of all policies of the user or role. */
  readonly permissions: readonly Statement[];

  /** Attributes of a role session. Undefined for a user. */
  readonly session?: SessionAttributes;
}

/** Attributes of a session that `AssumeRole` set. */
export interface SessionAttributes {
  readonly role: Role;

  /** Session policy. Undefined if the session has all permissions of its role. */
  readonly policy?: readonly Statement[];
  readonly sourceIdentity?: string;

  /** Tags of the session, including those inherited from the calling session. */
  readonly tags: readonly SessionTag[];

  /** Lower-case keys of the tags that further sessions inherit. */
  readonly transitiveTagKeys: readonly string[];
}

/** A tag of a session. */
export interface SessionTag {
  /** Compared case-insensitively. */
  readonly key: string;
  readonly value: string;
}

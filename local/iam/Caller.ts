import type { Role } from "./Role";
import type { Statement } from "./Statement";

/** Whoever signed a request. */
export interface Caller {
  readonly accountId: string;

  /** ARN as AWS names the caller in its messages. */
  readonly arn: string;

  /** `AIDA…` of a user; `AROA…:session` of an assumed role. */
  readonly userId: string;

  /** Statements of every policy of the user or role. */
  readonly permissions: readonly Statement[];

  /** What a session has beyond its role. Absent: the caller is a user. */
  readonly session?: SessionAttributes;
}

/** What `AssumeRole` fixed for a session. */
export interface SessionAttributes {
  readonly role: Role;

  /** Session policy of the call. Absent: the role's own rights, all of them. */
  readonly policy?: readonly Statement[];
  readonly sourceIdentity?: string;

  /** The session's own tags, and those that came with the session before it. */
  readonly tags: readonly SessionTag[];

  /** Lower-case keys of the tags that go on to further sessions. */
  readonly transitiveTagKeys: readonly string[];
}

/** A tag of a session. */
export interface SessionTag {
  /** Compared without regard to case. */
  readonly key: string;
  readonly value: string;
}

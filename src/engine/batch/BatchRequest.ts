/** The fields of a request for many invocations; the operation's request class documents them. */
export interface BatchRequest {
  readonly requests: unknown;
  readonly concurrency?: number;
  readonly ordered?: boolean;
  readonly resumeFile?: string;
}

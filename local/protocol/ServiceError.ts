/** An error as a service of AWS answers it; each service writes it in its own protocol. */
export class ServiceError extends Error {
  override readonly name = "ServiceError";
  readonly status: number;
  readonly code: string;

  /** Further members of the error's body, such as `Reason`. */
  readonly members: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(error: {
    readonly status: number;
    readonly code: string;
    readonly message: string;
    readonly members?: Readonly<Record<string, string>>;
    readonly headers?: Readonly<Record<string, string>>;
  }) {
    super(error.message);
    this.status = error.status;
    this.code = error.code;
    this.members = error.members ?? {};
    this.headers = error.headers ?? {};
  }
}

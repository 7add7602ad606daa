import type { Service } from "./Service";

/** An error response of an AWS service. Each service encodes it in its own protocol. */
export class ServiceError extends Error {
  override readonly name = "ServiceError";
  readonly status: number;
  readonly code: string;

  /** Further members of the response body, such as `Reason`. */
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

/** Error code of an internal error of each service, with status 500. */
export const INTERNAL_ERROR_CODES: Readonly<Record<Service, string>> = {
  lambda: "ServiceException",
  sts: "InternalFailure",
  ssm: "InternalServerError",
  rolesanywhere: "InternalServerException",
};

import type { Call } from "../call/Call";
import type { AssumeRoleRequest } from "./AssumeRoleRequest";
import { RolePrincipal } from "./RolePrincipal";
import { toRoleSessionParameters } from "./toRoleSessionParameters";

/**
 * Makes a call sign its requests with the session of the request's role. If the connection has a role, its session assumes
 * that role and reads the external ID. Nothing is sent before the first request needs the session.
 *
 * @param region - Region of the Lambda endpoint.
 * @throws `ERR_INVALID_INPUT` if fields contradict each other, or a policy or tag is not valid.
 */
export function useRequestRole(
  request: AssumeRoleRequest,
  region: string,
  call: Call,
): void {
  const parameters = toRoleSessionParameters(request, { region, call });
  const assumedBy = call.principal?.parameters;
  call.principal = new RolePrincipal(
    assumedBy
      ? { ...parameters, assumedBy, externalIdReader: assumedBy }
      : parameters,
    call,
  );
}

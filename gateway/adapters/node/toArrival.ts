import type { Location } from "../../http/MountPath";
import { createAmbiguityError } from "../../http/RequestError";
import type { Arrival, NodeRequest } from "./toExchange";

/** The arrival of a request that is not outside the mount path. `native` defaults to the request. */
export function toArrival(
  req: NodeRequest,
  location: Location,
  native: unknown = req,
): Arrival {
  if (location.kind === "inside") {
    const { mountPath, url } = location;
    return { native, mountPath, url };
  }
  return {
    native,
    mountPath: "",
    url: req.url ?? "/",
    problem: createAmbiguityError(),
  };
}

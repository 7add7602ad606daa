import { OriginError } from "./OriginError";

/** A connection that was kept was closed by the origin as the request went out. */
export class StaleSocketError extends OriginError {}

import { OriginError } from "./OriginError";

/** The origin closed a kept-alive connection while the request was being sent on it. */
export class StaleSocketError extends OriginError {}

import { Caption } from "../decorators";

/** How a function takes part in X-Ray tracing. */
export class TracingConfig {
  /** `Active`: Lambda samples by itself; `PassThrough`: it follows the caller's decision. */
  @Caption("Mode")
  readonly mode?: string;
}

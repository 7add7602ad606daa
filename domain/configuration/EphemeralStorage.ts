import { Caption } from "../decorators";

/** The size of a function's `/tmp`. */
export class EphemeralStorage {
  /** Size in MB; 512 to 10240 for ordinary functions. */
  @Caption("Size")
  readonly size?: number;
}

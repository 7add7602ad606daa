import { Caption, Type } from "../decorators";
import { ConfigurationError } from "./ConfigurationError";

/** The environment variables of a function. */
export class Environment {
  /** Variables by name; they may hold secrets. Absent: AWS could not decrypt them, or there are none. */
  @Caption("Variables")
  readonly variables?: Record<string, string>;

  /** Why the variables could not be read or applied. Absent: they were. */
  @Caption("Error")
  @Type(() => ConfigurationError)
  readonly error?: ConfigurationError;
}

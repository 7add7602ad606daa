import { createNotAvailableError } from "../protocol/createCommonError";
import type { HttpRequest } from "../http/HttpRequest";
import { createParameterError } from "./createParameterError";

/** Members of a JSON request body, read by name and type. */
export class JsonBody {
  readonly #members: Readonly<Record<string, unknown>>;

  constructor(request: HttpRequest) {
    this.#members = parse(request.body);
  }

  /** Throws for members that AWS supports and this embedded AWS does not. */
  allowOnly(operation: string, known: readonly string[]): void {
    for (const [name, value] of Object.entries(this.#members))
      if (!known.includes(name) && value !== null)
        throw createNotAvailableError("ssm", `${operation} with ${name}`);
  }

  string(name: string): string | undefined {
    return this.#read(name, "string") as string | undefined;
  }

  boolean(name: string): boolean {
    return this.#read(name, "boolean") === true;
  }

  number(name: string): number | undefined {
    return this.#read(name, "number") as number | undefined;
  }

  /** Reads a list of strings. Returns undefined if the member is missing. */
  strings(name: string): readonly string[] | undefined {
    const list = this.#members[name] ?? undefined;
    if (list === undefined) return undefined;
    if (Array.isArray(list) && list.every((text) => typeof text === "string"))
      return list;
    throw createParameterError(
      "SerializationException",
      `Expected list of string for member ${name}`,
    );
  }

  #read(name: string, type: "string" | "boolean" | "number"): unknown {
    const value = this.#members[name] ?? undefined;
    if (value !== undefined && typeof value !== type)
      throw createParameterError(
        "SerializationException",
        `Expected ${type} for member ${name}`,
      );
    return value;
  }
}

function parse(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // Reported below, like a body that is not an object.
  }
  throw createParameterError("SerializationException", "");
}

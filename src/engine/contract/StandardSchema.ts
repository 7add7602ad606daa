/**
 * A schema of any library that implements Standard Schema, version 1, for example Zod, Valibot or ArkType.
 *
 * `Input` is what the schema accepts, `Output` what it returns after its transformations. The specification allows copying these
 * types, so the package does not depend on `@standard-schema/spec`.
 *
 * @see {@link https://standardschema.dev | Standard Schema}
 */
export interface StandardSchema<Input = unknown, Output = Input> {
  /** The properties that the specification defines. */
  readonly "~standard": StandardSchemaProperties<Input, Output>;
}

/** What a {@link StandardSchema} has under `~standard`. */
export interface StandardSchemaProperties<Input = unknown, Output = Input> {
  /** Version of the specification. */
  readonly version: 1;

  /** Name of the library. */
  readonly vendor: string;

  /** Validates a value, and returns the output or the issues. */
  readonly validate: (
    value: unknown,
  ) => StandardSchemaResult<Output> | Promise<StandardSchemaResult<Output>>;

  /** The input and output types. They exist for TypeScript only. */
  readonly types?:
    | {
        /** Type of what the schema accepts. */
        readonly input: Input;
        /** Type of what it returns. */
        readonly output: Output;
      }
    | undefined;
}

/** The output of a valid value, or the issues of an invalid one. */
export type StandardSchemaResult<Output> =
  | {
      /** The value after transformations. */
      readonly value: Output;
      /** Missing if the value is valid. */
      readonly issues?: undefined;
    }
  | {
      /** Why the value is invalid. */
      readonly issues: readonly StandardSchemaIssue[];
    };

/** One reason why a value is invalid. */
export interface StandardSchemaIssue {
  /** Description by the library. */
  readonly message: string;

  /** Keys that lead to the invalid part of the value. Missing or empty for the whole value. */
  readonly path?:
    | readonly (
        | PropertyKey
        | {
            /** The key. */
            readonly key: PropertyKey;
          }
      )[]
    | undefined;
}

/** The package has no declarations of its own. */
declare module "asl-validator" {
  function validate(
    definition: object,
    options?: { readonly checkPaths: boolean; readonly checkArn: boolean },
  ): {
    readonly isValid: boolean;
    readonly errorsText: (separator?: string) => string;
  };
  export = validate;
}

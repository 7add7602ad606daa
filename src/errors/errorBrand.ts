/** Marks errors of this package, whichever copy of it created them. */
export const ERROR_BRAND = Symbol.for("aws-lambda-connector.error");

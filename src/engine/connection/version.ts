/** The version of this package, sent in the user agent. A test compares it with `package.json`. */
export const VERSION = "0.1.0";

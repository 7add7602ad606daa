/** Whether a header name contains characters that some servers replace, which makes it equal to another name. */
export const isUnusualName = (name: string): boolean => /[^a-z\d-]/i.test(name);

/** The name of a header as a variable of CGI, WSGI or PHP, in lower case. Different headers can have the same. */
export const toVariableName = (name: string): string =>
  name.toLowerCase().replaceAll(/[^a-z\d]/g, "_");

/** The usual spelling of a header name, in lower case, if characters of it were replaced by hyphens. */
export const toPlainName = (name: string): string =>
  toVariableName(name).replaceAll("_", "-");

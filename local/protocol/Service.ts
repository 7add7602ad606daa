/** The services of this embedded AWS, by their name in credential scopes. */
export type Service = "lambda" | "sts" | "ssm" | "rolesanywhere";

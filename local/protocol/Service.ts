/** The services of this embedded AWS, as credential scopes write them. */
export type Service = "lambda" | "sts" | "ssm" | "rolesanywhere";

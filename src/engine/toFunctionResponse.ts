import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import { FunctionResponse } from "../../domain";

/** A function as AWS describes it, under our names; what AWS adds tomorrow comes along. */
export function toFunctionResponse(
  configuration: FunctionConfiguration,
): FunctionResponse {
  const { LastModified, ...rest } = configuration;
  const fields = toCamelCase(rest) as object;
  const lastModified = toDate(LastModified);
  return Object.assign(
    new FunctionResponse(),
    fields,
    lastModified && { lastModified },
  );
}

/** `KMSKeyArn` is `kmsKeyArn`, `CodeSha256` is `codeSha256`; the names of environment variables are nobody's to change. */
function toCamelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toCamelCase);
  if (typeof value !== "object" || value === null) return value;
  const camel: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value))
    if (member !== undefined)
      camel[camelName(name)] =
        name === "Variables" ? member : toCamelCase(member);
  return camel;
}

function camelName(name: string): string {
  return name.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]/, (start) =>
    start.toLowerCase(),
  );
}

/** Lambda writes `2026-11-02T08:15:30.000+0000`, the offset without its colon. */
function toDate(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const date = new Date(text.replace(/([+-]\d{2})(\d{2})$/, "$1:$2"));
  return Number.isNaN(date.getTime()) ? undefined : date;
}

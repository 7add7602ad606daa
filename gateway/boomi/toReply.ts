import type { StepResponse } from "../route/StepResponse";
import type { PointConfiguration } from "./configuration/PointConfiguration";
import type { SidecarError } from "./SidecarError";
import type { SidecarOptions } from "./SidecarOptions";

type Writing = Pick<SidecarOptions, "errorFormat"> & {
  readonly status: number;
};

/** A text as the body of an answer, as the gateway writes texts. */
export function writeText(
  text: string,
  { errorFormat, status }: Writing,
): { headers: Record<string, string>; body: string } {
  if (errorFormat === "json")
    return {
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ code: status, message: text }),
    };
  if (errorFormat === "text")
    return {
      headers: { "Content-Type": "text/plain; charset=utf-8" },
      body: text,
    };
  return {
    headers: { "Content-Type": "application/xml" },
    body: `<h1>${escaped(text)}</h1>`,
  };
}

const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (each) => `&#${each.charCodeAt(0)};`);

/** What the client is answered with for an error. */
export function toReply(
  error: SidecarError,
  configuration: Pick<PointConfiguration, "enableErrorSet">,
  options: SidecarOptions,
): StepResponse {
  const { errors, contentType } = options.errorSet ?? { errors: {} };
  const entry = configuration.enableErrorSet
    ? Object.hasOwn(errors, error.name)
      ? errors[error.name]
      : errors["default"]
    : undefined;
  const { failure, message } = error;
  if (!entry && failure)
    return {
      status: error.status,
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ code: error.status, message: failure }),
    };
  const status = entry?.status ?? error.status;
  const { headers, body } = writeText(entry?.statusText ?? message, {
    ...options,
    status,
  });
  if (!entry) return { status, headers, body };
  return {
    status,
    ...(entry.statusText !== undefined && { statusText: entry.statusText }),
    headers: {
      ...headers,
      ...(contentType !== undefined && { "Content-Type": contentType }),
      ...(entry.detail !== undefined && {
        "X-Error-Detail-Header": entry.detail,
      }),
    },
    body: entry.body ?? body,
  };
}

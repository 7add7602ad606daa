import type { StepResponse } from "../../route/verdict/StepResponse";
import type { PointConfiguration } from "../configuration/PointConfiguration";
import { formatMessage } from "./formatMessage";
import {
  TIMEOUT_ALIAS,
  type ErrorSet,
  type ErrorSetEntry,
} from "../errors/ErrorSet";
import type { SidecarError } from "../errors/SidecarError";
import type { SidecarOptions } from "../options/SidecarOptions";

/** The response that the client receives for an error. */
export function toErrorResponse(
  error: SidecarError,
  configuration: Pick<PointConfiguration, "enableErrorSet">,
  options: SidecarOptions,
): StepResponse {
  const { errors, contentType } = options.errorSet ?? { errors: {} };
  const entry = configuration.enableErrorSet
    ? findEntry(errors, error.name)
    : undefined;
  const { functionError, message } = error;
  if (!entry && functionError)
    return {
      status: error.status,
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ code: error.status, message: functionError }),
    };
  const status = entry?.status ?? error.status;
  const { headers, body } = formatMessage(entry?.statusText ?? message, {
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

function findEntry(
  errors: ErrorSet["errors"],
  name: string,
): ErrorSetEntry | undefined {
  const names = name === "Gateway Timeout" ? [name, TIMEOUT_ALIAS] : [name];
  const found = names.find((each) => Object.hasOwn(errors, each));
  return errors[found ?? "default"];
}

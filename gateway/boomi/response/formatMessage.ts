import type { SidecarOptions } from "../options/SidecarOptions";

/** The format of a message, and the status it is sent with. */
type MessageFormat = Pick<SidecarOptions, "errorFormat"> & {
  readonly status: number;
};

/** Formats a message as a response body with its content type. */
export function formatMessage(
  message: string,
  { errorFormat, status }: MessageFormat,
): { headers: Record<string, string>; body: string } {
  if (errorFormat === "json")
    return {
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ code: status, message }),
    };
  if (errorFormat === "text")
    return {
      headers: { "Content-Type": "text/plain; charset=utf-8" },
      body: message,
    };
  return {
    headers: { "Content-Type": "application/xml" },
    body: `<h1>${escapeXml(message)}</h1>`,
  };
}

const escapeXml = (text: string): string =>
  text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);

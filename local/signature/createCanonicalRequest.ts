import { createHash } from "node:crypto";
import { parseQuery } from "../http/parseQuery";
import type { HttpRequest } from "../http/HttpRequest";

/** Creates the canonical request of Signature Version 4. */
export function createCanonicalRequest(
  request: HttpRequest,
  signedHeaders: readonly string[],
): string {
  return [
    request.method,
    encodePath(request.rawPath),
    encodeQuery(request.rawQuery),
    ...signedHeaders.map(
      (name) => `${name}:${encodeHeaderValue(request, name)}`,
    ),
    "",
    signedHeaders.join(";"),
    createHash("sha256").update(request.body).digest("hex"),
  ].join("\n");
}

/** Normalizes the path and encodes each segment once more, as for all services except S3. */
function encodePath(rawPath: string): string {
  if (/^(?:\/[A-Za-z0-9_~-]+)+\/?$/.test(rawPath)) return rawPath;
  const segments: string[] = [];
  for (const segment of rawPath.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".")
      segments.push(encodeUnreserved(segment));
  }
  const isDirectory = rawPath.endsWith("/");
  return `/${segments.join("/")}${isDirectory && segments.length > 0 ? "/" : ""}`;
}

function encodeQuery(rawQuery: string): string {
  return parseQuery(rawQuery)
    .map(([name, value]) => [encodeUnreserved(name), encodeUnreserved(value)])
    .sort(byNameThenValue)
    .map(([name, value]) => `${String(name)}=${String(value)}`)
    .join("&");
}

// Compare names first: comparing `name=value` would sort `a-b` before `a`.
function byNameThenValue(left: string[], right: string[]): number {
  const [name = "", value = ""] = left;
  const [otherName = "", otherValue = ""] = right;
  if (name !== otherName) return name < otherName ? -1 : 1;
  return value === otherValue ? 0 : value < otherValue ? -1 : 1;
}

function encodeHeaderValue(request: HttpRequest, name: string): string {
  return (request.headers.get(name) ?? [])
    .map((value) => value.trim().replace(/ {2,}/g, " "))
    .join(",");
}

function encodeUnreserved(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) =>
      `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}

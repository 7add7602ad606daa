// Responses of the stub. The name of the function determines the response: `bytes-1024` returns 1,024 bytes of JSON.
import { URLSearchParams } from "node:url";
import { createJson } from "../runner/createJson.mjs";
import { pageAt } from "./functions.mjs";

const SMALL = JSON.stringify({ text: "x".repeat(189) });

const cache = new Map();

/** The complete response to a request such as `POST /path`, as bytes. */
export function createResponse(target) {
  if (target === "GET /cpu") return respond(JSON.stringify(process.cpuUsage()));
  const cached = cache.get(target);
  if (cached) return cached;
  const page = /^GET \/2015-03-31\/functions\/?(?:\?(.*))?$/.exec(target);
  // The 2,000 pages are not cached, because they would fill the memory.
  if (page) return respond(pageAt(new URLSearchParams(page[1])));
  const bytes = /\/bytes-(\d+)\//.exec(target);
  const response = respond(bytes ? createJson(Number(bytes[1])) : SMALL);
  cache.set(target, response);
  return response;
}

function respond(body) {
  const head = [
    "HTTP/1.1 200 OK",
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "x-amzn-RequestId: 00000000-0000-0000-0000-000000000000",
    "X-Amz-Executed-Version: $LATEST",
    `Date: ${new Date().toUTCString()}`,
  ];
  return Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`);
}

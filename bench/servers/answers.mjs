// The answers of the stub. What a function is called says what it answers: `bytes-1024` a JSON text of 1,024 bytes.
import { URLSearchParams } from "node:url";
import { recordsOf } from "../runner/records.mjs";
import { pageAt } from "./functions.mjs";

const SMALL = JSON.stringify({ text: "x".repeat(189) });

const made = new Map();

/** The whole answer to `POST /path`, as bytes. */
export function answerTo(target) {
  if (target === "GET /cpu") return respond(JSON.stringify(process.cpuUsage()));
  const known = made.get(target);
  if (known) return known;
  const page = /^GET \/2015-03-31\/functions\/?(?:\?(.*))?$/.exec(target);
  // Two thousand pages kept would only fill the memory.
  if (page) return respond(pageAt(new URLSearchParams(page[1])));
  const bytes = /\/bytes-(\d+)\//.exec(target);
  const answer = respond(bytes ? recordsOf(Number(bytes[1])) : SMALL);
  made.set(target, answer);
  return answer;
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

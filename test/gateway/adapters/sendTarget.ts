import {
  IncomingMessage,
  ServerResponse,
  type RequestListener,
} from "node:http";
import type { Socket } from "node:net";
import { PassThrough } from "node:stream";

/** What a listener sent. */
export interface Sent {
  readonly status: number;
  /** Head and body, as sent. */
  readonly text: string;
}

/** Passes a request with this target to a listener of a Node server, as Node would after reading it from a socket. Opens no socket. */
export function sendTarget(
  listener: RequestListener,
  target: string,
  lines: readonly string[] = ["Host", "a.test"],
): Promise<Sent> {
  const socket = new PassThrough() as unknown as Socket;
  const req = new IncomingMessage(socket);
  Object.assign(req, {
    method: "GET",
    url: target,
    httpVersion: "1.1",
    httpVersionMajor: 1,
    httpVersionMinor: 1,
    rawHeaders: [...lines],
    complete: true,
  });
  for (let at = 0; at < lines.length; at += 2)
    req.headers[(lines[at] ?? "").toLowerCase()] = lines[at + 1];
  req.push(null);
  const res = new ServerResponse(req);
  res.assignSocket(socket);
  return new Promise((resolve) => {
    res.once("finish", () => {
      const bytes = socket.read() as Buffer | null;
      resolve({ status: res.statusCode, text: bytes?.toString() ?? "" });
    });
    listener(req, res);
  });
}

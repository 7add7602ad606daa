import { createServer, type Server } from "node:http";
import type { Cloud } from "../state/Cloud";
import { LocalAwsError } from "../validation/LocalAwsError";
import { serveRequest } from "./serveRequest";

/** Timeout of idle connections, the same as AWS's. */
const KEEP_ALIVE_MS = 60_000;

/** Starts a server that listens on loopback only. */
export async function listen(cloud: Cloud, port: number): Promise<Server> {
  const server = createServer({ requestTimeout: 0 }, (message, response) => {
    void serveRequest(cloud, { message, response });
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(
        error.code === "EADDRINUSE"
          ? new LocalAwsError([
              `port ${port} is in use; omit port to use a free one`,
            ])
          : new LocalAwsError([
              `port ${port} cannot be used (${error.message})`,
            ]),
      );
    });
    server.listen(port, "127.0.0.1", resolve);
  });
  return server;
}

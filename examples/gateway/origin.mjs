// The origin of the examples.
import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";

/** Starts a server that responds with the request it received, and its `x-` headers. Responds with 404 below `/gone`. */
export async function startOrigin() {
  const server = createServer(async (req, res) => {
    const own = Object.entries(req.headers).filter(([name]) =>
      /^x-(?!forwarded-|amzn-trace-id)/.test(name),
    );
    const asked = { asked: `${req.method} ${req.url}` };
    if (own.length > 0) asked.headers = Object.fromEntries(own);
    const body = await text(req);
    if (body !== "") asked.body = body;
    res.writeHead(req.url.startsWith("/gone") ? 404 : 200, {
      "Content-Type": "application/json",
      "X-Origin": "n3",
    });
    res.end(`${JSON.stringify(asked)}\n`);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${server.address().port}`;
}

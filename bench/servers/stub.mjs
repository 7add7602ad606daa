// A minimal stub of Lambda, so that the clients are the bottleneck: it parses only the path and the length of requests, and sends
// prepared responses. It verifies nothing. Sends its address to the parent process.
import { createServer } from "node:net";
import { createResponse } from "./responses.mjs";

const HEAD_END = "\r\n\r\n";

/** Finds the requests in a stream of chunks. Bodies are skipped. */
function createReader(onRequest) {
  let rest = Buffer.alloc(0);
  let missing = 0;
  let target;
  return (chunk) => {
    let at = 0;
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    rest = rest.subarray(rest.length);
    for (;;) {
      const body = Math.min(missing, bytes.length - at);
      at += body;
      missing -= body;
      if (missing > 0) return;
      if (target !== undefined) onRequest(target);
      target = undefined;
      const end = bytes.indexOf(HEAD_END, at);
      if (end < 0) {
        rest = bytes.subarray(at);
        return;
      }
      const head = bytes.latin1Slice(at, end);
      at = end + HEAD_END.length;
      missing = lengthOf(head);
      target = head.slice(0, head.indexOf(" HTTP/"));
    }
  };
}

function lengthOf(head) {
  if (/\r\ntransfer-encoding:/i.test(head))
    throw new Error(`The stub needs a Content-Length: ${head}`);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head);
  return length ? Number(length[1]) : 0;
}

const server = createServer((socket) => {
  socket.setNoDelay(true);
  const read = createReader((target) => socket.write(createResponse(target)));
  socket.on("data", read);
  // Clients may close the connection in any way.
  socket.on("error", () => socket.destroy());
});
server.listen(0, "127.0.0.1", () =>
  process.send({ endpoint: `http://127.0.0.1:${server.address().port}` }),
);
process.on("disconnect", () => process.exit());

// Lambda, played as cheaply as it can be, so that the clients are the limit: sockets, a parser that looks at the length and
// the path, answers made beforehand. Nothing is checked. In a process of its own; sends home where it listens.
import { createServer } from "node:net";
import { answerTo } from "./answers.mjs";

const HEAD_END = "\r\n\r\n";

/** Finds the requests in a stream of bytes, however it is cut; bodies are counted and forgotten. */
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
    throw new Error(`This stub counts lengths, and got none: ${head}`);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head);
  return length ? Number(length[1]) : 0;
}

const server = createServer((socket) => {
  socket.setNoDelay(true);
  const read = createReader((target) => socket.write(answerTo(target)));
  socket.on("data", read);
  // A client that is through closes as it likes.
  socket.on("error", () => socket.destroy());
});
server.listen(0, "127.0.0.1", () =>
  process.send({ endpoint: `http://127.0.0.1:${server.address().port}` }),
);
process.on("disconnect", () => process.exit());

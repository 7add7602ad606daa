// A stub of Lambda's Invoke in a process of its own: 200 bytes for everybody, nothing checked. Prints its port.
import { createServer } from "node:http";

const ANSWER = JSON.stringify({ text: "x".repeat(189) });

const server = createServer((request, response) => {
  request.resume().on("end", () => {
    response.writeHead(200, {
      "content-type": "application/json",
      "content-length": ANSWER.length,
      "x-amzn-requestid": "00000000-0000-0000-0000-000000000000",
      "x-amz-executed-version": "$LATEST",
    });
    response.end(ANSWER);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => process.send(server.address().port));

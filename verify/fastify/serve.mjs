import { toFastify } from "aws-lambda-connector/gateway";
import fastify from "fastify";

export async function serve(route) {
  const app = fastify();
  await app.register(toFastify(route));
  await app.listen({ port: 0, host: "127.0.0.1" });
  return app.server;
}

import { once } from "node:events";
import { toExpress } from "aws-lambda-connector/gateway";
import express from "express";

export async function serve(route) {
  const server = express().use(toExpress(route)).listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

/**
 * Node's HTTP client and server. An `import` of `node:http` in an ES module reads all of its names, also `WebSocket`, for which
 * Node 22 and later load their implementation of `fetch`: 30 ms at every start of a bundle.
 */
export const nodeHttp = process.getBuiltinModule("node:http");

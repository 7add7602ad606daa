/** A handler with a callback. */
exports.handler = (event, context, callback) => {
  callback(null, `Hello, ${event.name ?? "world"}!`);
};

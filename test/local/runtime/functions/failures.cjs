/* global setTimeout */
class PriceMissing extends Error {
  name = "PriceMissing";
}

const circle = {};
circle.self = circle;

exports.throws = () => {
  throw new TypeError("no such sku");
};
exports.rejects = async () => {
  throw Object.assign(new PriceMissing("no price"), { sku: "A-17" });
};
exports.callsBack = (event, context, callback) => callback(new Error("no"));
exports.text = async () => {
  throw "a text";
};
exports.number = async () => {
  throw 42;
};
exports.nothing = async () => {
  throw undefined;
};
exports.record = async () => {
  throw { reason: "no" };
};
exports.bigint = async () => 1n;
exports.circle = async () => circle;
exports.uncaught = () =>
  new Promise(() => {
    setTimeout(() => {
      throw new RangeError("later");
    }, 1);
  });
exports.unhandled = async () => {
  Promise.reject(new Error("not awaited"));
  await new Promise((resolve) => setTimeout(resolve, 1000));
};
exports.neverSettled = () => new Promise(() => {});
exports.forgottenCallback = (event, context, callback) => {
  void callback;
};

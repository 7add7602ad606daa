// The customer's functions: each response decides what happens to the call.
import { setTimeout as sleep } from "node:timers/promises";
import { allow, modify, terminate } from "aws-lambda-connector/gateway/boomi";

export const functions = {
  "order-allow": async () => allow(),

  "order-stamp": async ({ request }) => {
    const stamp = {
      addHeaders: { "x-partner": "globex-eu" },
      dropHeaders: ["x-debug"],
    };
    if (request?.payload === undefined) return modify(stamp);
    const order = JSON.parse(request.payload);
    return modify({ ...stamp, json: { ...order, isChecked: true } });
  },

  "order-closed": async () => terminate(451, "Orders of 2019 are closed"),

  "order-mask": async ({ response }) =>
    modify({
      json: { state: "masked", was: response.code },
      addHeaders: { "x-masked": "yes" },
      dropHeaders: ["x-origin"],
      completeWithCode: 203,
    }),

  "order-withhold": async () =>
    terminate(403, { json: { reason: "the answer holds card numbers" } }),

  "order-broken": async () => {
    const error = new Error("stock table unreachable");
    error.name = "StockError";
    throw error;
  },

  "order-slow": async () => {
    await sleep(1_000);
    return allow();
  },

  // Invoked as an event: its response is not used.
  "order-log": async ({ point, operation: { httpVerb, path } }) => {
    console.log(`   order-log received ${httpVerb} ${path} (${point})`);
    return terminate(403);
  },
};

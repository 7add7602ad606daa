// The functions that the policies call.
import { setTimeout as sleep } from "node:timers/promises";

export const functions = {
  // Returns its payload.
  echo: async (event) => event,

  "stock-lookup": async ({ sku }) => ({ sku, level: 5 }),

  "price-quote": async ({ sku, level }) => ({
    sku,
    cents: Number(level) < 10 ? 1490 : 1290,
  }),

  "order-mask": async ({ was }) => ({ state: "masked", was }),

  // Returns the format of API Gateway's Lambda proxy integration.
  "order-page": async ({ id }) => ({
    statusCode: 418,
    headers: { "content-type": "text/html", "x-page": "short and stout" },
    body: `<h1>Order ${id}</h1>`,
  }),

  "order-log": async ({ asked }) => {
    console.log(`   order-log received ${asked}`);
  },

  "stock-broken": async () => {
    const error = new Error("stock table unreachable");
    error.name = "StockError";
    throw error;
  },

  "stock-slow": async () => {
    await sleep(1_000);
    return {};
  },
};

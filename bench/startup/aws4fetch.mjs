import { writeSync } from "node:fs";
import { create } from "../clients/aws4fetch.mjs";

const { call } = await create(JSON.parse(process.env.BENCH_CONNECTION));
await call({ sku: "A-17" });
writeSync(1, ".");

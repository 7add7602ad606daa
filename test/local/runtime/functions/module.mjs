import { basename } from "node:path";

const loaded = await Promise.resolve("loaded");

export const handler = async () => `${basename(import.meta.url)} ${loaded}`;

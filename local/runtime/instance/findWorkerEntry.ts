import { existsSync } from "node:fs";
import { join } from "node:path";

/**
 * Returns the path of the compiled entry of a worker thread. It is next to the compiled sources, or
 * in `dist/` when this file runs as TypeScript, which Node.js workers can't load.
 *
 * @throws Error if it has not been compiled.
 */
export function findWorkerEntry(): string {
  const beside = join(__dirname, "../worker/worker.js");
  if (existsSync(beside)) return beside;
  const built = join(__dirname, "../../../dist/local/runtime/worker/worker.js");
  if (existsSync(built)) return built;
  throw new Error(
    `The worker of the embedded AWS has not been compiled: neither ${beside} nor ${built} exists. Run "npm run build" first.`,
  );
}

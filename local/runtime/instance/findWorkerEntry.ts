import { existsSync } from "node:fs";
import { join } from "node:path";

/**
 * The compiled entry of a worker thread: beside this file, or in `dist/` when
 * this file is run as TypeScript, which Node.js workers can't load.
 *
 * @throws Error when nothing has been compiled yet.
 */
export function findWorkerEntry(): string {
  const beside = join(__dirname, "../worker/worker.js");
  if (existsSync(beside)) return beside;
  const built = join(__dirname, "../../../dist/local/runtime/worker/worker.js");
  if (existsSync(built)) return built;
  throw new Error(
    `The worker that runs Lambda functions is not compiled: neither ${beside} nor ${built} exists. Run "npm run build" first.`,
  );
}

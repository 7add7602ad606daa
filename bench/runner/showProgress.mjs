import process from "node:process";

/** Shows the current step on one line of the terminal. Does nothing if stderr is not a terminal. */
export function showProgress(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

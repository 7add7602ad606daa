import process from "node:process";

/** What is being done, on one line that is written over; only where a person watches. */
export function tell(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

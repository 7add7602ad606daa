// Prints the routes, and how to try them.
import { paint } from "../print.mjs";

/** Prints the routes of a running gateway, with a curl command for each case. */
export function show(routes, { framework, port, who }) {
  const base = `http://127.0.0.1:${port}`;
  console.log(
    `\n${paint("bold", `${framework} listens at ${base}`)}, an embedded AWS and an origin behind it. Ctrl+C ends it.`,
  );
  for (const { path, shows, curl } of routes) {
    console.log(`\n${paint("cyan", path.padEnd(20))} ${shows}`);
    for (const line of curl) console.log(`   ${line(base + path)}`);
  }
  console.log(`\n${paint("dim", `What the ${who} say of failures:`)}\n`);
}

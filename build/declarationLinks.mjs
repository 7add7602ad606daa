// Editors show the target of a link in a comment, unless the link has a text: `{@link operations!ListFunctions}`.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Gives the links into other entry points a text: the bare name. */
export function nameLinks() {
  for (const path of readdirSync("dist", { recursive: true })) {
    if (!path.endsWith(".d.ts")) continue;
    const file = join("dist", path);
    const text = readFileSync(file, "utf8");
    const named = text.replace(
      /\{@link (\w+)!([\w.]+)\}/g,
      "{@link $1!$2 | $2}",
    );
    if (named !== text) writeFileSync(file, named);
  }
}

// Output of the examples. Colored if stdout is a terminal.
const colours =
  process.stdout.isTTY && !process.env.NO_COLOR
    ? { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 }
    : {};

export const paint = (colour, text) =>
  colours[colour] ? `\u001b[${colours[colour]}m${text}\u001b[0m` : text;

let steps = 0;

export function step(title) {
  steps += 1;
  console.log(`\n${paint("cyan", `${steps}`)}  ${paint("bold", title)}\n`);
}

export function fact(name, value) {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  console.log(`   ${paint("dim", name.padEnd(10))} ${text}`);
}

const COLUMNS = [
  ["Function", "functionName"],
  ["Runtime", "runtime"],
  ["Memory", "memorySize", (size) => `${size} MB`],
  ["Timeout", "timeout", (seconds) => `${seconds} s`],
  ["Code", "codeSize", (size) => `${size} bytes`],
  ["Description", "description"],
];

export function table(functions) {
  const rows = functions.map((each) =>
    COLUMNS.map(([, field, show = String]) => show(each[field] ?? "")),
  );
  const titles = COLUMNS.map(([title]) => title);
  const widths = titles.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column].length)),
  );
  const line = (cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column]))
      .join("   ")
      .trimEnd();
  console.log(`   ${paint("dim", line(titles))}`);
  console.log(
    `   ${paint("dim", widths.map((width) => "─".repeat(width)).join("───"))}`,
  );
  for (const row of rows) console.log(`   ${line(row)}`);
}

export function panel(text) {
  console.log();
  for (const line of text.trimEnd().split("\n"))
    console.log(
      `   ${paint("dim", "│")} ${line.replaceAll("\t", "  ").trimEnd()}`,
    );
}

export function failed(error) {
  console.log(
    `   ${paint("red", "✗")} ${error.name} ${paint("dim", error.code)}`,
  );
  for (const line of wrap(error.message)) console.log(`     ${line}`);
  fact("execution", error.execution);
  fact("retryable", error.retryable);
}

export function done() {
  console.log(
    `\n${paint("green", "✓")}  Everything ran on this machine: real sockets, real signatures, no AWS account.\n`,
  );
}

function wrap(text, width = 92) {
  const lines = [""];
  for (const word of text.split(" ")) {
    if (`${lines.at(-1)} ${word}`.length > width) lines.push(word);
    else lines.push(`${lines.pop()} ${word}`.trim());
  }
  return lines;
}

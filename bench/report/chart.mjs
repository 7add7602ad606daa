// The chart of the README: the CPU time of an invocation compared with other clients, and all other targets.
import { format } from "../runner/targets.mjs";
import { bar, line, picture, text } from "./svg.mjs";

const WIDTH = 880;
const EDGE = 24;
const ROW = 26;
const THICKNESS = 14;
const COLUMN = { first: 250, width: 190, gap: 14, room: 46 };
const GAUGE = { x: 390, width: 210 };
const VERDICT = { value: 614, word: WIDTH - EDGE };

/** The chart as SVG. */
export function chartOf({ invoke, ...others }) {
  const targets = Object.values(others).flatMap((result) => result.targets);
  const peersTop = 108;
  const targetsTop = peersTop + invoke.peers.length * ROW + 92;
  const height = targetsTop + targets.length * ROW + 8;
  const title = "CPU time of an invocation";
  const description = invoke.peers
    .map(({ title, ratios }) => `${title}: ${ratios.map(times).join(", ")}`)
    .join("; ");
  return picture({ width: WIDTH, height, title, description }, [
    text(title, { x: EDGE, y: 40, kind: "title" }),
    text(
      "CPU per call, the AWS SDK with one client = 1; shorter is better. The line marks the target.",
      { x: EDGE, y: 62, kind: "soft" },
    ),
    ...peers(invoke, peersTop),
    text("All other targets", { x: EDGE, y: targetsTop - 36, kind: "title" }),
    text("The line in the middle marks the target.", {
      x: EDGE,
      y: targetsTop - 14,
      kind: "soft",
    }),
    ...targets.flatMap((each, row) => gauge(each, targetsTop + row * ROW)),
  ]);
}

const times = (ratio) => format(ratio, "×");

function peers({ peers, loads, targets }, top) {
  const most = Math.max(...peers.flatMap(({ ratios }) => ratios));
  const scale = (COLUMN.width - COLUMN.room) / most;
  const bottom = top + peers.length * ROW;
  const columns = loads.map((load, column) => {
    const x = COLUMN.first + column * (COLUMN.width + COLUMN.gap);
    const { limit } = targets[column];
    const at = x + limit * scale;
    return [
      text(`${load} in flight`, { x, y: top - 14, kind: "head" }),
      ...peers.flatMap(({ ratios }, row) =>
        cell({ x, y: top + row * ROW, row, ratio: ratios[column], scale }),
      ),
      line({ x: at, from: top - 4, to: bottom + 12, kind: "dashed" }),
      text(`target ${times(limit)}`, {
        x: at + 5,
        y: bottom + 11,
        kind: "small",
      }),
    ];
  });
  const labels = peers.map(({ title }, row) =>
    text(title, {
      x: EDGE,
      y: top + row * ROW + 15,
      kind: row === 0 ? "own" : "",
    }),
  );
  return [...labels, ...columns.flat()];
}

function cell({ x, y, row, ratio, scale }) {
  const kind = row === 0 ? "own" : "peer";
  const width = ratio * scale;
  return [
    bar({ x, y: y + 4, width, height: THICKNESS, kind }),
    text(times(ratio), {
      x: (x + width + 6).toFixed(1),
      y: y + 15,
      kind: row === 0 ? "own" : "soft",
    }),
  ];
}

/** One target: its line is in the middle, and the bar for the measured value ends before or after it. */
function gauge({ short, value, unit, sign, limit, isMet }, y) {
  const { x, width } = GAUGE;
  const kind = isMet ? "met" : "missed";
  const measured = (Math.min(value / limit, 2) / 2) * width;
  const amount = (number) =>
    unit === "per second" ? number.toLocaleString("en") : format(number, unit);
  const height = THICKNESS;
  return [
    text(short, { x: EDGE, y: y + 15 }),
    bar({ x, y: y + 4, width, height, kind: "track" }),
    bar({ x, y: y + 4, width: Math.max(measured, 2), height, kind }),
    line({ x: x + width / 2, from: y + 1, to: y + 21, kind: "" }),
    text(`${amount(value)}, target ${sign} ${amount(limit)}`, {
      x: VERDICT.value,
      y: y + 15,
      kind: "soft",
    }),
    text(kind, { x: VERDICT.word, y: y + 15, kind, anchor: "end" }),
  ];
}

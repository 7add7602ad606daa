// A bar: a measured number, and what was promised.

/** It must not be more than was promised. */
export const atMost = (promised, bar) => judge("≤", promised, bar);

/** It must not be less than was promised. */
export const atLeast = (promised, bar) => judge("≥", promised, bar);

function judge(sign, promised, { what, value, unit = "×", where, short }) {
  // What is printed is what is judged.
  const shown = round(value);
  const isMet = sign === "≤" ? shown <= promised : shown >= promised;
  return { what, short, where, unit, sign, promised, value: shown, isMet };
}

function round(value) {
  return value >= 100 ? Math.round(value) : Math.round(value * 100) / 100;
}

/** As it is read: `0.25 ×`. */
export const written = (value, unit) => {
  const isWhole = Number.isInteger(value) && unit !== "×";
  const number = isWhole ? value.toLocaleString("en") : value.toFixed(2);
  return unit === "" ? number : `${number} ${unit}`;
};

// A target: a measured value and its limit.

/** A value that must not exceed the limit. */
export const atMost = (promised, bar) => judge("≤", promised, bar);

/** A value that must not be below the limit. */
export const atLeast = (promised, bar) => judge("≥", promised, bar);

function judge(sign, promised, { what, value, unit = "×", where, short }) {
  // The rounded value is compared, because it is printed.
  const shown = round(value);
  const isMet = sign === "≤" ? shown <= promised : shown >= promised;
  return { what, short, where, unit, sign, promised, value: shown, isMet };
}

function round(value) {
  return value >= 100 ? Math.round(value) : Math.round(value * 100) / 100;
}

/** Formats a value, for example `0.25 ×`. */
export const written = (value, unit) => {
  const isWhole = Number.isInteger(value) && unit !== "×";
  const number = isWhole ? value.toLocaleString("en") : value.toFixed(2);
  return unit === "" ? number : `${number} ${unit}`;
};

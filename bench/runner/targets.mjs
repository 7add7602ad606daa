// Targets: a measured value and its limit.

/** A value that must not exceed the limit. */
export const atMost = (limit, measured) => judge("≤", limit, measured);

/** A value that must not be below the limit. */
export const atLeast = (limit, measured) => judge("≥", limit, measured);

function judge(sign, limit, { what, value, unit = "×", worstCase, short }) {
  // The rounded value is compared, because it is printed.
  const shown = round(value);
  const isMet = sign === "≤" ? shown <= limit : shown >= limit;
  return { what, short, worstCase, unit, sign, limit, value: shown, isMet };
}

function round(value) {
  return value >= 100 ? Math.round(value) : Math.round(value * 100) / 100;
}

/** Formats a value, for example `0.25 ×`. */
export const format = (value, unit) => {
  const isWhole = Number.isInteger(value) && unit !== "×";
  const number = isWhole ? value.toLocaleString("en") : value.toFixed(2);
  return unit === "" ? number : `${number} ${unit}`;
};

/** Maximum number of findings that are printed. */
const MAX_PRINTED = 20;

/** Prints and counts findings. */
export function createFindings() {
  let count = 0;
  return {
    add(text) {
      if (++count <= MAX_PRINTED) console.log(`FOUND: ${text}`);
    },
    get count() {
      return count;
    },
  };
}

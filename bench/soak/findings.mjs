/** Maximum number of findings that are printed. */
const MOST = 20;

/** Prints and counts findings. */
export function createFindings() {
  let count = 0;
  return {
    add(text) {
      if (++count <= MOST) console.log(`FOUND: ${text}`);
    },
    get count() {
      return count;
    },
  };
}

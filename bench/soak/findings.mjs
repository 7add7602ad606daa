/** More of one kind need not be read. */
const MOST = 20;

/** What was found to be wrong; told when it is found, and counted. */
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

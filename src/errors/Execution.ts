/**
 * Whether the function ran. Check it before you try again.
 *
 * `did-not-run`: it certainly did not; trying again is safe. `ran`: it certainly did. `may-have-run`: it is not known; try
 * again only if running the function twice does no harm.
 */
export type Execution = "did-not-run" | "ran" | "may-have-run";

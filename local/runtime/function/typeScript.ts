import process from "node:process";

/** Whether this Node.js runs TypeScript by removing its types: 22.18 and later, unless that is switched off. */
export const STRIPS_TYPES = Boolean(
  (process.features as { typescript?: string | false }).typescript,
);

/** What to do with TypeScript that Node can't run. */
export const TYPESCRIPT_ADVICE = `TypeScript handlers need Node 22.18 or later, and this is Node ${process.versions.node}; compile them first, and pass the folder of the compiled modules.`;

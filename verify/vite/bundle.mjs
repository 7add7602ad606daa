import { build } from "vite";

await build({
  logLevel: "warn",
  ssr: { noExternal: true },
  build: { ssr: "main.mjs", outDir: "../bundles/vite", target: "node20" },
});

import { build } from "vite";

await build({
  logLevel: "warn",
  ssr: { noExternal: true },
  build: {
    ssr: "main.mjs",
    outDir: "../bundles/vite",
    target: "node20",
    rollupOptions: {
      output: {
        entryFileNames: "[name].mjs",
        chunkFileNames: "[name]-[hash].mjs",
      },
    },
  },
});

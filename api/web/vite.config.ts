import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** Writes compressed twins beside each asset, so that the service compresses nothing while it answers. */
function twins(): Plugin {
  return {
    name: "twins",
    apply: "build",
    closeBundle() {
      const folder = join(import.meta.dirname, "dist", "assets");
      for (const name of readdirSync(folder)) {
        if (!/\.(js|css|svg)$/.test(name)) continue;
        const whole = readFileSync(join(folder, name));
        writeFileSync(join(folder, `${name}.gz`), gzipSync(whole, { level: 9 }));
        writeFileSync(join(folder, `${name}.br`), brotliCompressSync(whole));
      }
    },
  };
}

/** Titles and labels of the declared kinds of documents, as the service's own description has them. */
function documentTypes(): string {
  const described = readFileSync(join(import.meta.dirname, "openapi.json"), "utf-8");
  return JSON.stringify(JSON.parse(described)["x-document-types"]);
}

export default defineConfig({
  plugins: [react(), twins()],
  define: { __DOCUMENT_TYPES__: documentTypes() },
  // Nothing inline: the service's Content-Security-Policy takes scripts and styles from files alone.
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
  server: { proxy: { "/v1": "http://127.0.0.1:8080", "/health": "http://127.0.0.1:8080" } },
});

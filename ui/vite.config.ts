// How the interface is built, served and unit-tested. The shell loads ui/dist from disk, hence the relative base.
import react from "@vitejs/plugin-react";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = fileURLToPath(new URL(".", import.meta.url));

/** What a PDF may need beside the program that draws it, under names that it knows: character maps, fonts that are not in the
 * file, and a reader of JPEG 2000 in plain JavaScript, since our policy lets no WebAssembly be made. */
const forPdf = {
  name: "for-pdf",
  generateBundle(this: { emitFile: (file: { type: "asset"; fileName: string; source: Buffer }) => string }) {
    const from = dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));
    for (const [folder, wanted] of [
      ["cmaps", /\.bcmap$/u],
      ["standard_fonts", /\.(pfb|ttf)$/u],
      ["wasm", /\.js$/u],
    ] as const) {
      for (const name of readdirSync(join(from, folder)).filter((each) => wanted.test(each)))
        this.emitFile({
          type: "asset",
          fileName: `pdf/${folder}/${name}`,
          source: readFileSync(join(from, folder, name)),
        });
    }
  },
};

export default defineConfig({
  root: here,
  base: "./",
  clearScreen: false,
  plugins: [react(), forPdf],
  // Tauri's window on Linux is WebKitGTK 2.40 or newer; on Windows it is a current Chromium.
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: ["es2022", "safari16.4"],
    sourcemap: false,
    chunkSizeWarningLimit: 1500,
  },
  server: { port: 5173, strictPort: true },
  test: {
    environment: "jsdom",
    include: ["tests/unit/**/*.test.{ts,tsx}"],
    setupFiles: ["tests/unit/setup.ts"],
    restoreMocks: true,
    // Limits for what hangs, not measures of speed.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

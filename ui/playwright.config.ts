// The interface in a real browser, over its in-memory engine. It runs against the built files, as the shell does.
import { defineConfig } from "@playwright/test";

const port = Number(process.env.WAXWING_UI_PORT ?? 4187);
/** A server that runs already, for working on one test. */
const running = process.env.WAXWING_UI_URL;

export default defineConfig({
  testDir: "./tests/browser",
  testMatch: "**/*.spec.ts",
  outputDir: "../test-output/playwright",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 30_000,
  reporter: [["list"]],
  use: {
    baseURL: running ?? `http://127.0.0.1:${port}`,
    viewport: { width: 1360, height: 860 },
    locale: "en-GB",
    launchOptions: {
      executablePath: process.env.WAXWING_CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"],
    },
  },
  ...(running === undefined
    ? {
        webServer: {
          command: `npx vite build --config ui/vite.config.ts && npx vite preview --config ui/vite.config.ts --host 127.0.0.1 --port ${port} --strictPort`,
          cwd: "..",
          url: `http://127.0.0.1:${port}`,
          reuseExistingServer: false,
          timeout: 120_000,
        },
      }
    : {}),
});

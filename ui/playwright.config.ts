// The interface in a real browser, over its in-memory engine. It runs against the built files, as the shell does.
import { defineConfig } from "@playwright/test";
import { existsSync } from "node:fs";

const port = Number(process.env.WAXWING_UI_PORT ?? 4187);
const slowness = Number(process.env.WAXWING_SLOW) || 1;
/** A server that runs already, for working on one test. */
const running = process.env.WAXWING_UI_URL;

/** The shell without windows does the same in two thirds of the time. */
const browsers = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

export default defineConfig({
  testDir: "./tests/browser",
  testMatch: "**/*.spec.ts",
  outputDir: "../test-output/playwright",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  // These are limits for what hangs, not measures of speed: a machine five times slower stays below them. One that is made
  // slow on purpose has so many times longer, since it may be busy beside that.
  timeout: 120_000 * slowness,
  expect: { timeout: 20_000 * slowness },
  reporter: [["list"]],
  use: {
    baseURL: running ?? `http://127.0.0.1:${port}`,
    viewport: { width: 1360, height: 860 },
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    launchOptions: {
      executablePath: process.env.WAXWING_CHROMIUM ?? browsers.find((each) => existsSync(each)),
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
          // It is built first.
          timeout: 300_000,
        },
      }
    : {}),
});

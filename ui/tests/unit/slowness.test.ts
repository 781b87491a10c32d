// The limits of the browser tests: a slowness that is empty, or no number, is none. A limit of 0 would be no limit at all.
import { afterEach, expect, test, vi } from "vitest";

afterEach(() => vi.unstubAllEnvs());

test.each([
  ["", 120_000],
  ["much", 120_000],
  ["5", 600_000],
])("WAXWING_SLOW=%s", async (slow, limit) => {
  vi.stubEnv("WAXWING_SLOW", slow);
  vi.resetModules();
  const { default: config } = await import("../../playwright.config");
  expect(config.timeout).toBe(limit);
});

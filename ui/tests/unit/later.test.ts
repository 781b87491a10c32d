// "Send later": mornings that really lie ahead.
import { expect, it } from "vitest";
import { laterTimes, timeToCome } from "../../src/words/later";

it("offers an hour, tomorrow at eight and Monday at eight", () => {
  const wednesday = new Date(2026, 10, 25, 17, 30).getTime();
  expect(laterTimes(wednesday).map((one) => [one.id, new Date(one.at).toString().slice(0, 21)])).toEqual([
    ["hour", "Wed Nov 25 2026 18:30"],
    ["tomorrow", "Thu Nov 26 2026 08:00"],
    ["monday", "Mon Nov 30 2026 08:00"],
  ]);
});
it("does not offer Monday twice on a Sunday, and the next one on a Monday", () => {
  expect(laterTimes(new Date(2026, 10, 29, 12).getTime()).map((one) => one.id)).toEqual(["hour", "tomorrow"]);
  const monday = laterTimes(new Date(2026, 10, 23, 12).getTime()).at(-1);
  expect(new Date(monday?.at ?? 0).getDate(), "a week on, not today").toBe(30);
});
it("names the day of a time that is not today", () => {
  const now = new Date(2026, 10, 25, 17, 30).getTime();
  expect(timeToCome(now + 60_000, now)).toBe("17:31");
  expect(timeToCome(new Date(2026, 10, 30, 8).getTime(), now)).toMatch(/Mon.*30.*08:00/);
});

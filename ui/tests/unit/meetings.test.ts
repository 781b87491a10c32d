// Meetings in words: when they are, how they repeat, what they meet with.
import { describe, expect, it } from "vitest";
import type { RecurrenceView, WhenView } from "../../src/ipc/backend";
import { places } from "../../src/state/letterText";
import { explained } from "../../src/views/main/questions/Source";
import { conflictWords, recurrenceWords, spanWords, zoneWords } from "../../src/words/meetings";

const day = (date: number): WhenView => ({
  year: 2026,
  month: 11,
  day: date,
  minutes: null,
  zone: null,
  at: null,
});
const floating = (date: number, hour: number, zone: string | null = null): WhenView => ({
  ...day(date),
  minutes: hour * 60,
  zone,
});
const weekly: RecurrenceView = {
  repeats: "weekly",
  interval: 1,
  count: null,
  until: null,
  weekdays: [],
  days: [],
  months: [],
  further: false,
};

describe("a time", () => {
  it("is told with its day, over days, and for whole days", () => {
    expect(spanWords(floating(24, 10), floating(24, 11))).toBe("Tue, 24 Nov 2026, 10:00–11:00");
    expect(spanWords(floating(24, 22), floating(25, 1))).toBe(
      "Tue, 24 Nov 2026, 22:00 – Wed, 25 Nov 2026, 01:00",
    );
    expect(spanWords(day(24), day(24))).toBe("Tue, 24 Nov 2026, the whole day");
    expect(spanWords(day(24), day(26))).toBe("Tue, 24 Nov 2026 – Thu, 26 Nov 2026, whole days");
    expect(spanWords(null, null)).toBe("The time is not told.");
  });
  it("says of which zone it is where that is not this computer's", () => {
    expect(zoneWords(floating(24, 10, "Europe/Oslo"))).toBe("(time of Europe/Oslo)");
    expect(zoneWords(floating(24, 10))).toBeNull();
    expect(zoneWords(day(24))).toBeNull();
  });
});

describe("how a meeting repeats", () => {
  it("is one sentence", () => {
    expect(recurrenceWords(weekly)).toBe("Every week.");
    expect(
      recurrenceWords({
        ...weekly,
        interval: 2,
        weekdays: [
          { nth: 0, weekday: 1 },
          { nth: 0, weekday: 3 },
        ],
        count: 10,
      }),
    ).toBe("Every 2 weeks on Tue and Thu, 10 times.");
    expect(
      recurrenceWords({ ...weekly, repeats: "monthly", weekdays: [{ nth: -1, weekday: 4 }], until: day(30) }),
    ).toBe("Every month on the last Friday, until 30 Nov 2026.");
    expect(recurrenceWords({ ...weekly, repeats: "yearly", days: [24], months: [12], further: true })).toBe(
      "Every year on day 24 in December, by further rules.",
    );
  });
});

describe("a conflict", () => {
  const at = (date: number, hour: number) => new Date(2026, 10, date, hour).getTime();
  const conflict = { summary: "Dentist", startsAt: at(24, 9), endsAt: at(24, 10), tentative: true, times: 1 };
  it("is told by its hours on the day of the invitation", () => {
    expect(conflictWords(conflict, { start: floating(24, 9), recurrence: null })).toBe(
      "At the same time: Dentist, 09:00–10:00, to which you have answered “perhaps”.",
    );
  });
  it("is told with its day where that might be another one", () => {
    const told = "At the same time: Dentist, Tue, 24 Nov 2026, 09:00–10:00, which you have accepted.";
    const accepted = { ...conflict, tentative: false };
    expect(conflictWords(accepted, { start: floating(23, 9), recurrence: null })).toBe(told);
    expect(conflictWords(accepted, { start: floating(24, 9), recurrence: weekly })).toBe(told);
    expect(conflictWords({ ...accepted, endsAt: at(25, 10) }, { start: day(24), recurrence: null })).toBe(
      "At the same time: Dentist, Tue, 24 Nov 2026, 09:00 – Wed, 25 Nov 2026, 10:00, which you have accepted.",
    );
  });
  it("is told with the number of times that the two meet", () => {
    const words = (times: number) =>
      conflictWords({ ...conflict, times }, { start: floating(24, 9), recurrence: weekly });
    expect(words(2)).toContain("10:00, and 1 more time within a year, to which");
    expect(words(52)).toContain("10:00, and 51 more times within a year, to which");
  });
});

describe("finding words", () => {
  it("minds neither case nor the kind of white space, and takes signs as signs", () => {
    expect(places("A slip\n way, a SLIP\u00a0WAY", "slip way")).toEqual([
      [2, 11],
      [15, 23],
    ]);
    expect(places("1.5 and 1x5", "1.5")).toEqual([[0, 3]]);
    expect(places("(a", "(")).toEqual([[0, 1]]);
  });
});

describe("a header field", () => {
  it("is explained where many letters have it", () => {
    expect(explained("List-Unsubscribe")).toBe("How to leave the mailing list");
    expect(explained("X-Harbour")).toBeNull();
    expect(explained("constructor")).toBeNull();
  });
});

// The order in which the parts of a day are written, and the day a week begins with, by the person's language.
import { expect, it } from "vitest";
import { dayLocale, firstOfWeek } from "../../src/words/days";

it("writes days in the order of the person's own, in English", () => {
  expect(["de-DE", "en-GB", "fr", "ar-EG"].map((own) => dayLocale(own))).toEqual(Array(4).fill("en-GB"));
  expect(dayLocale("en-US")).toBe("en-US");
  expect(["ja-JP", "sv-SE", "hu"].map((own) => dayLocale(own))).toEqual(Array(3).fill("en-CA"));
});

it("begins the week as it begins there", () => {
  expect(["de-DE", "en-US", "ar-EG"].map((own) => firstOfWeek(own))).toEqual(["mon", "sun", "sat"]);
});

it("takes the window's own where the system says no language", () => {
  for (const none of ["C", "", "not a language"]) {
    expect(dayLocale(none)).toBe("en-GB");
    expect(firstOfWeek(none)).toBe("mon");
  }
});

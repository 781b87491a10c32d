// The language of the interface: of its words, and of its numbers, times and lists. In which order a day is written in numbers is the
// person's own (days.ts).
export const LOCALE = "en-GB";

/** "Amara, Jonas and Lena" */
export const together = new Intl.ListFormat(LOCALE, { type: "conjunction" });

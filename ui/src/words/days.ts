// How a day is written in numbers where the person lives: which part of it comes first, and which day a week begins with. The words
// around it are English all the same, so that a field is not read out in two languages.
import { getLocalTimeZone, startOfWeek, today } from "@internationalized/date";
import { LOCALE } from "./locale";

/** English with the day, the month or the year in front. */
const ENGLISH: Record<string, string> = { day: "en-GB", month: "en-US", year: "en-CA" };
const WEEK = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

export type Weekday = (typeof WEEK)[number];

/** The language that the system says, or that of the window where it says none: without one, WebKitGTK calls it "C". */
function known(said: string): string {
  try {
    return Intl.getCanonicalLocales(said)[0] ?? LOCALE;
  } catch {
    return LOCALE;
  }
}

/** The English that writes a day in the order of this language. */
export function dayLocale(own: string = navigator.language): string {
  const format = new Intl.DateTimeFormat(known(own), { year: "numeric", month: "2-digit", day: "2-digit" });
  const first = format.formatToParts(0).find(({ type }) => type in ENGLISH)?.type ?? "day";
  return ENGLISH[first] ?? LOCALE;
}

/** With which day a week begins there. */
export function firstOfWeek(own: string = navigator.language): Weekday {
  const zone = getLocalTimeZone();
  return WEEK[startOfWeek(today(zone), known(own)).toDate(zone).getDay()] ?? "mon";
}

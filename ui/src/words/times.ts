// Times, sizes and names as people read them. Pure: `now` is passed in, so that a test can stand still.
import { say } from "./index";
import { LOCALE } from "./locale";

const clock = new Intl.DateTimeFormat(LOCALE, { hour: "2-digit", minute: "2-digit" });
const weekday = new Intl.DateTimeFormat(LOCALE, { weekday: "short" });
const dayMonth = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short" });
const dayMonthYear = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short", year: "numeric" });
const full = new Intl.DateTimeFormat(LOCALE, { dateStyle: "full", timeStyle: "short" });
const whole = new Intl.NumberFormat(LOCALE);
const short = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 });

function daysBetween(at: number, now: number): number {
  const midnight = (time: number) => new Date(time).setHours(0, 0, 0, 0);
  return Math.round((midnight(now) - midnight(at)) / 86_400_000);
}

/** 10:42 today, Yesterday, Sun within a week, 3 Nov within the year, 3 Nov 2024 before. */
export function shortTime(at: number, now = Date.now()): string {
  const days = daysBetween(at, now);
  if (days === 0) return clock.format(at);
  if (days === 1) return say("time-yesterday");
  if (days > 1 && days < 7) return weekday.format(at);
  return new Date(at).getFullYear() === new Date(now).getFullYear()
    ? dayMonth.format(at)
    : dayMonthYear.format(at);
}

/** As in a conversation, where the hour matters too: 10:42, Thu 16:20, 3 Nov 09:15. */
export function letterTime(at: number, now = Date.now()): string {
  const days = daysBetween(at, now);
  if (days === 0) return clock.format(at);
  const day = days > 0 && days < 7 ? weekday.format(at) : shortTime(at, now);
  return `${day} ${clock.format(at)}`;
}

/** 3 Nov 2026: a day that may be years away. */
export function dayOf(at: number): string {
  return dayMonthYear.format(at);
}

export function clockTime(at: number): string {
  return clock.format(at);
}

export function fullTime(at: number): string {
  return full.format(at);
}

export function count(number: number): string {
  return whole.format(number);
}

/** Sizes in steps of 1,000, as file managers on all three systems show them nowadays. */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return say("size-bytes", { size: bytes });
  if (bytes < 999_500) return say("size-kilobytes", { size: whole.format(Math.round(bytes / 1000)) });
  if (bytes < 999_950_000) return say("size-megabytes", { size: (bytes / 1_000_000).toFixed(1) });
  return say("size-gigabytes", { size: short.format(bytes / 1_000_000_000) });
}

/** "about 20 s left", "about 3 min left": rounded the more the longer it is, since it is a guess. */
export function timeLeft(seconds: number): string {
  if (seconds < 60) return say("left-seconds", { n: Math.max(5, Math.ceil(seconds / 5) * 5) });
  if (seconds < 3600) return say("left-minutes", { n: Math.round(seconds / 60) });
  return say("left-hours", { n: Math.round(seconds / 3600) });
}

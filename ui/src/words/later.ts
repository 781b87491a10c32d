// The times that "Send later" offers, and how a time to come is written. Pure: `now` is passed in.
import { LOCALE } from "./locale";

const clock = new Intl.DateTimeFormat(LOCALE, { hour: "2-digit", minute: "2-digit" });
const dayClock = new Intl.DateTimeFormat(LOCALE, {
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});
const MORNING = 8;

export interface Later {
  id: "hour" | "tomorrow" | "monday";
  at: number;
}

/** In an hour, tomorrow morning, and Monday morning where that is another day. */
export function laterTimes(now: number): Later[] {
  const times: Later[] = [
    { id: "hour", at: now + 3_600_000 },
    { id: "tomorrow", at: morning(now, 1) },
  ];
  const untilMonday = (8 - new Date(now).getDay()) % 7 || 7;
  if (untilMonday > 1) times.push({ id: "monday", at: morning(now, untilMonday) });
  return times;
}

/** 18:05 today, else Mon 30 Nov, 08:00. */
export function timeToCome(at: number, now: number): string {
  return new Date(at).toDateString() === new Date(now).toDateString()
    ? clock.format(at)
    : dayClock.format(at);
}

/** A moment as a field for date and time has it: the person's own clock, to the minute. */
export function forInput(at: number): string {
  const date = new Date(at);
  return new Date(at - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

// Set through the calendar, so that the clock change between today and then does not move the hour.
function morning(now: number, days: number): number {
  const date = new Date(now);
  date.setDate(date.getDate() + days);
  date.setHours(MORNING, 0, 0, 0);
  return date.getTime();
}

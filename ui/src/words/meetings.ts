// Times of meetings, how they repeat, and what they meet with, in words. Moments are told in this computer's time; what is
// only known on the wall is told as it stands there.
import type { ConflictView, InvitationView, RecurrenceView, WhenView } from "../ipc/backend";
import { say } from "./index";
import { LOCALE, together } from "./locale";

const day = { weekday: "short", day: "numeric", month: "short", year: "numeric" } as const;
const clock = { hour: "2-digit", minute: "2-digit" } as const;

/** The wall's own time as a moment of Greenwich, so that it can be written without being moved. */
function wall(when: WhenView): number {
  return Date.UTC(when.year, when.month - 1, when.day, 0, when.minutes ?? 0);
}

function write(when: WhenView, parts: Intl.DateTimeFormatOptions): string {
  return when.at !== null
    ? new Intl.DateTimeFormat(LOCALE, parts).format(when.at)
    : new Intl.DateTimeFormat(LOCALE, { ...parts, timeZone: "UTC" }).format(wall(when));
}

/** "Tue, 24 Nov 2026, 10:00–11:30", over days, or whole days. */
export function spanWords(start: WhenView | null, end: WhenView | null): string {
  if (start === null) return say("invitation-when-unknown");
  const first = write(start, day);
  if (start.minutes === null) {
    const last = end === null ? first : write(end, day);
    return first === last ? say("span-day", { day: first }) : say("span-days", { first, last });
  }
  const from = write(start, clock);
  if (end === null) return say("span-moment", { day: first, from });
  const last = write(end, day);
  const to = write(end, clock);
  return first === last
    ? say("span-hours", { day: first, from, to })
    : say("span-long", { first, from, last, to });
}

/** Where the time is told for another zone than this computer's, what its wall says there. */
export function zoneWords(when: WhenView | null): string | null {
  if (when === null || when.minutes === null) return null;
  const there = new Intl.DateTimeFormat(LOCALE, { ...clock, timeZone: "UTC" }).format(wall(when));
  if (when.at === null) return when.zone === null ? null : say("zone-unknown", { zone: when.zone });
  if (when.zone === null || when.zone === "UTC" || there === write(when, clock)) return null;
  return say("zone-there", { time: there, zone: when.zone });
}

/** Monday, 23 November 2026 was one. */
const weekday = (number: number, length: "long" | "short") =>
  new Intl.DateTimeFormat(LOCALE, { weekday: length, timeZone: "UTC" }).format(
    Date.UTC(2026, 10, 23 + number),
  );

/** "Every 2 weeks on Tue and Thu, until 26 Jan 2027." */
export function recurrenceWords(recurrence: RecurrenceView): string {
  const { repeats, interval, weekdays, days, months } = recurrence;
  const parts = [say(`repeats-${repeats}`, { n: interval })];
  if (weekdays.length > 0) {
    const named = weekdays.map(({ nth, weekday: number }) =>
      nth === 0
        ? weekday(number, weekdays.length > 1 ? "short" : "long")
        : say("repeats-nth", { nth: nthWords(nth), day: weekday(number, "long") }),
    );
    parts.push(say("repeats-on", { days: together.format(named) }));
  }
  if (days.length > 0) {
    parts.push(
      say("repeats-day", {
        days: together.format(days.map((number) => (number < 0 ? nthWords(number) : String(number)))),
      }),
    );
  }
  if (months.length > 0) {
    const named = months.map((month) =>
      new Intl.DateTimeFormat(LOCALE, { month: "long", timeZone: "UTC" }).format(
        Date.UTC(2026, month - 1, 1),
      ),
    );
    parts.push(say("repeats-in", { months: together.format(named) }));
  }
  const end =
    recurrence.until !== null
      ? say("repeats-until", {
          day: write(recurrence.until, { day: "numeric", month: "short", year: "numeric" }),
        })
      : recurrence.count !== null
        ? say("repeats-times", { n: recurrence.count })
        : "";
  return `${parts.join(" ")}${end}${recurrence.further ? say("repeats-further") : ""}.`;
}

function nthWords(nth: number): string {
  if (nth === -1) return say("nth-last");
  const id = `nth-${Math.abs(nth)}`;
  const word = Math.abs(nth) <= 5 ? say(id) : String(Math.abs(nth));
  return nth < 0 ? say("nth-from-end", { nth: word }) : word;
}

/** What an invitation meets with, and how often; its day is told where it is not plainly the invitation's own. */
export function conflictWords(
  { summary, startsAt, endsAt, tentative, times }: ConflictView,
  { start, recurrence }: Pick<InvitationView, "start" | "recurrence">,
): string {
  const days = new Intl.DateTimeFormat(LOCALE, day);
  const clocks = new Intl.DateTimeFormat(LOCALE, clock);
  const [first, last] = [days.format(startsAt), days.format(endsAt)];
  const [from, to] = [clocks.format(startsAt), clocks.format(endsAt)];
  const isOwnDay = recurrence === null && start !== null && write(start, day) === first;
  return say(tentative ? "conflict-tentative" : "conflict-accepted", {
    summary,
    time:
      first !== last
        ? say("span-long", { first, from, last, to })
        : isOwnDay
          ? `${from}–${to}`
          : say("span-hours", { day: first, from, to }),
    more: times > 1 ? say("conflict-more", { n: times - 1 }) : "",
  });
}

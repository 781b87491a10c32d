// To the first letter of a day in a list by date, or to where it would stand.
import { backend } from "../ipc";
import { putAway, stepTo, useSelection } from "../state/selection";
import { toast } from "../state/toasts";
import { listingNow } from "../state/window";
import { say } from "../words";
import { attempt } from "./attempt";
import { hooks } from "./commands";

const DAY = 86_400_000;

/** `day` as a date field gives it: 2026-11-26. Gives false where it is no day. */
function momentsOf(day: string): { begins: number; ends: number } | null {
  if (!/^\d{4}-\d\d-\d\d$/u.test(day)) return null;
  const begins = new Date(`${day}T00:00:00`);
  if (Number.isNaN(begins.getTime())) return null;
  // The next midnight, which is not always 24 hours later.
  const next = new Date(begins.getTime() + DAY + DAY / 12);
  next.setHours(0, 0, 0, 0);
  return { begins: begins.getTime(), ends: next.getTime() - 1 };
}

export function goToDate(day: string): Promise<void> {
  const moments = momentsOf(day);
  const listing = listingNow();
  if (moments === null || listing === null) return Promise.resolve();
  return attempt(async () => {
    const moment = listing.order.reversed ? moments.begins : moments.ends;
    const index = await backend().positionOfMoment(listing, Math.max(0, moment));
    // A search may have what matches best first.
    if (index === null) return void toast(say("list-date-other"), { lasts: 6_000 });
    // Enter and the arrows mean what was gone to, and no longer what was open. Who has chosen several may want more of them.
    if (useSelection.getState().chosen.size === 1) putAway();
    await stepTo(index, "cursor");
    hooks.showFirst(index);
    hooks.focusList();
  });
}

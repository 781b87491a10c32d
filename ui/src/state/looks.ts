// How each list looks: its rows, their order, how closely they stand. Remembered by the engine, place by place; a place of
// which nothing is remembered looks as the person wants all of them to.
import { create } from "zustand";
import { backend } from "../ipc";
import type { Listing } from "../ipc/backend";
import type { Place } from "./window";

export type OrderBy = Listing["order"]["by"];
export const orders: readonly OrderBy[] = [
  "date",
  "sender",
  "subject",
  "size",
  "unread",
  "starred",
  "attachment",
];
export const densities = ["roomy", "normal", "dense"] as const;
export type Density = (typeof densities)[number];
export const forms = ["lines", "table"] as const;
export type Form = (typeof forms)[number];

export interface Look {
  grouping: Listing["grouping"];
  by: OrderBy;
  reversed: boolean;
  /** Some lines each with the letters beside them, or one line in columns with the letters below. */
  form: Form;
  density: Density;
}

export const usual: Look = {
  grouping: "conversations",
  by: "date",
  reversed: false,
  form: "lines",
  density: "normal",
};

interface Looks {
  /** Where nothing else is remembered. */
  everywhere: Look;
  places: Record<string, Look>;
}

const SETTING = "list.looks";
/** Of so many places a look is remembered: the ones that were changed last. */
const MOST = 500;

export const useLooks = create<Looks>(() => ({ everywhere: usual, places: {} }));

/** Searches look alike, whatever was searched for, unless they are kept. */
export function nameOfPlace(place: Place): string {
  switch (place.kind) {
    case "mailbox":
      return `mailbox ${place.mailbox}`;
    case "inboxes":
      return "group" in place ? `group ${place.group}` : `inboxes ${place.accounts.join(" ")}`;
    case "search":
      return "saved" in place ? `saved ${place.saved}` : place.kind;
    default:
      return place.kind;
  }
}

export function lookOf(looks: Looks, place: Place): Look {
  return looks.places[nameOfPlace(place)] ?? looks.everywhere;
}

export async function restoreLooks(): Promise<void> {
  const kept = await backend()
    .setting(SETTING)
    .catch(() => null);
  useLooks.setState(readLooks(kept));
}

/** What was kept, as far as it makes sense. */
export function readLooks(kept: string | null): Looks {
  let found: unknown = null;
  try {
    found = JSON.parse(kept ?? "null");
  } catch {
    // Somebody else wrote it. The usual looks do.
  }
  const { everywhere, places } = (typeof found === "object" && found !== null ? found : {}) as Partial<
    Record<keyof Looks, unknown>
  >;
  const known = typeof places === "object" && places !== null ? Object.entries(places) : [];
  return {
    everywhere: lookFrom(everywhere),
    places: Object.fromEntries(known.map(([name, look]) => [name, lookFrom(look)])),
  };
}

function lookFrom(found: unknown): Look {
  const look: Look = { ...usual, ...(typeof found === "object" ? found : {}) };
  return {
    grouping: look.grouping === "messages" ? "messages" : "conversations",
    by: orders.includes(look.by) ? look.by : usual.by,
    reversed: look.reversed,
    form: forms.includes(look.form) ? look.form : usual.form,
    density: densities.includes(look.density) ? look.density : usual.density,
  };
}

/** Another look for one place. */
export function changeLook(place: Place, change: Partial<Look>): void {
  const name = nameOfPlace(place);
  useLooks.setState((state) => {
    const { [name]: before = state.everywhere, ...others } = state.places;
    const newest = Object.entries(others).slice(-(MOST - 1));
    return { places: { ...Object.fromEntries(newest), [name]: { ...before, ...change } } };
  });
  keep();
}

/** All places look like this one. */
export function lookEverywhere(place: Place): void {
  useLooks.setState((state) => ({ everywhere: lookOf(state, place), places: {} }));
  keep();
}

function keep(): void {
  const { everywhere, places } = useLooks.getState();
  void backend().putSetting(SETTING, JSON.stringify({ everywhere, places }));
}

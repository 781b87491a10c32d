// For whom a search is offered: each by their name, and by their address where others bear the same name, since the name would find
// them all.
import type { AddressView } from "../ipc/backend";
import { nameOf } from "../words/address";

/** What to look for, for each of these people. */
export function askedAs(people: readonly AddressView[]): string[] {
  const bearers = new Map<string, Set<string>>();
  for (const person of people) {
    const name = plain(nameOf(person));
    bearers.set(name, (bearers.get(name) ?? new Set()).add(person.email.toLowerCase()));
  }
  const asked = people.map((person) =>
    (bearers.get(plain(nameOf(person)))?.size ?? 0) > 1 ? person.email : nameOf(person),
  );
  return [...new Set(asked)];
}

/** As the engine compares names: neither case nor accents nor the width of blanks tell two people apart. */
function plain(name: string): string {
  return name.normalize("NFKD").replace(/\p{M}/gu, "").replace(/\s+/gu, " ").toLowerCase();
}

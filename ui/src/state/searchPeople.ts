// For whom a search is offered: each by their name, and by their address where others bear the same name, since the name would find
// them all. Whoever is asked for by the address is still told by both.
import type { AddressView } from "../ipc/backend";
import { nameOf } from "../words/address";

export interface OfferedPerson {
  /** What is looked for. */
  asked: string;
  /** What the list says. */
  said: string;
}

/** How each of these people is offered. */
export function offeredPeople(people: readonly AddressView[]): OfferedPerson[] {
  const bearers = new Map<string, Set<string>>();
  for (const person of people) {
    const name = plain(nameOf(person));
    bearers.set(name, (bearers.get(name) ?? new Set()).add(person.email.toLowerCase()));
  }
  const offered = new Map<string, OfferedPerson>();
  for (const person of people) {
    const name = nameOf(person);
    const one =
      (bearers.get(plain(name))?.size ?? 0) > 1
        ? { asked: person.email, said: `${name} · ${person.email}` }
        : { asked: name, said: name };
    if (!offered.has(one.asked.toLowerCase())) offered.set(one.asked.toLowerCase(), one);
  }
  return [...offered.values()];
}

/** As the engine compares names: neither case nor accents nor the width of blanks tell two people apart. */
function plain(name: string): string {
  return name.normalize("NFKD").replace(/\p{M}/gu, "").replace(/\s+/gu, " ").toLowerCase();
}

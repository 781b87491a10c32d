// Searches that are kept, what is odd about a query, what a server would find, and why letters are found, in memory.
import type { FaultView, FoundThereView, SavedSearchView } from "../backend";
import { matches } from "./matching";
import { reject, type World } from "./world";

export { excerptOf, foundInFiles } from "./excerpts";
export { marks } from "./marking";

/** As much of the engine's complaints as it takes to try the interface. */
export function faults(query: string): FaultView[] {
  const found: FaultView[] = [];
  for (const [piece, name, value] of query.matchAll(/-?([a-z]+):(\S+)(?=\s)/giu)) {
    const operator = name?.toLowerCase() ?? "";
    if (/^(?:after|before|on|newer|older)$/u.test(operator) && !/^\d{4}|^\d+[dwmy]$|day$/u.test(value ?? ""))
      found.push({ piece, kind: "day" });
    if (/^(?:larger|smaller)$/u.test(operator) && !/^\d/u.test(value ?? ""))
      found.push({ piece, kind: "size" });
    if (operator === "has" && !/^attachments?$/iu.test(value ?? "")) found.push({ piece, kind: "word" });
  }
  if (/\s$/u.test(query)) {
    for (const [piece] of query.matchAll(/^\s*(?:OR|AND)\b|\b(?:OR|AND)(?=\s+$)/gu))
      found.push({ piece: piece.trim(), kind: "oneSided" });
    if (/\bNOT\s+$/u.test(query)) found.push({ piece: "NOT", kind: "noValue" });
  }
  if (/\s$/u.test(query) && query.split("(").length > query.split(")").length)
    found.push({ piece: "(", kind: "parenthesis" });
  return found;
}

/** The server knows what stands in letters that are about the tide. */
export function onServers(world: World, query: string): FoundThereView {
  const there = [...world.letters.values()].filter(
    (letter) =>
      query === "sandbank" && /timetable|tide/iu.test(letter.subject) && !matches(world, letter, query),
  );
  const emails = there.map((letter) => letter.id);
  world.foundThere.set(query, new Set(emails));
  return { emails, unknown: emails.length === 0 ? 0 : 12, failed: [] };
}

export function saved(world: World): SavedSearchView[] {
  return world.savedSearches.map((search) => {
    const found = [...world.letters.values()].filter((letter) => matches(world, letter, search.query));
    const threads = (letters: typeof found) => new Set(letters.map((letter) => letter.thread)).size;
    return { ...search, found: threads(found), unread: threads(found.filter((letter) => letter.unread)) };
  });
}

export function save(world: World, name: string, query: string): string {
  const id = world.id("search");
  world.savedSearches.push({ id, name: name.trim(), query });
  world.tell({ kind: "searches" });
  return id;
}

export function change(world: World, id: string, name: string, query: string): void {
  const search = world.savedSearches.find((each) => each.id === id) ?? reject("gone", "That is gone.");
  search.name = name.trim();
  search.query = query;
  world.tell({ kind: "searches" });
}

export function order(world: World, ids: string[]): void {
  const place = (id: string) => (ids.includes(id) ? ids.indexOf(id) : ids.length);
  world.savedSearches = [...world.savedSearches].sort((a, b) => place(a.id) - place(b.id));
  world.tell({ kind: "searches" });
}

export function remove(world: World, id: string): void {
  world.savedSearches = world.savedSearches.filter((search) => search.id !== id);
  world.tell({ kind: "searches" });
}

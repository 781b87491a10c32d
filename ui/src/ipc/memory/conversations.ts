// Conversations put right by hand, in memory. What answers a letter is here simply what came after it.
import type { PerformedView } from "../backend";
import { reject, type World } from "./world";

/** Gives letters other conversations, and remembers theirs. */
function regroup(world: World, threads: Map<string, string>): PerformedView {
  const before = new Map([...threads.keys()].map((id) => [id, world.letter(id).thread]));
  const put = (places: Map<string, string>) => {
    for (const [id, thread] of places) {
      const letter = world.letter(id);
      letter.thread = thread;
      for (const mailbox of letter.mailboxes) world.tell({ kind: "listing", mailbox });
    }
    world.tell({ kind: "emails" });
  };
  put(threads);
  return { undo: world.remember(() => put(before)), affected: threads.size };
}

export function takeOut(world: World, emails: string[]): PerformedView {
  const thread = world.id("thread");
  const leaving = new Map<string, string>();
  for (const id of emails) {
    const letter = world.letter(id);
    const all = world.thread(letter.thread);
    if (all[0]?.id === id)
      reject("invalid", "There is nothing to take it out of: it begins its conversation.");
    for (const each of all) if (each.at >= letter.at) leaving.set(each.id, thread);
  }
  return regroup(world, leaving);
}

export function unite(world: World, emails: string[]): PerformedView {
  const letters = emails.map((id) => world.letter(id));
  const [first] = letters;
  if (first === undefined || letters.every((letter) => letter.thread === first.thread))
    reject("invalid", "They are one conversation already.");
  if (letters.some((letter) => letter.account !== first.account))
    reject("invalid", "Letters of two accounts cannot be one conversation.");
  const joining = letters.flatMap((letter) => world.thread(letter.thread));
  return regroup(world, new Map(joining.map((letter) => [letter.id, first.thread])));
}

export function mute(world: World, emails: string[], muted: boolean): PerformedView {
  const threads = new Set(emails.map((id) => world.letter(id).thread));
  const letters = [...threads].flatMap((thread) => world.thread(thread));
  const unread = letters.filter((letter) => letter.unread);
  const set = (on: boolean) => {
    for (const thread of threads) {
      if (on) world.muted.add(thread);
      else world.muted.delete(thread);
    }
    for (const letter of unread) letter.unread = !on;
    for (const letter of letters)
      for (const mailbox of letter.mailboxes) world.tell({ kind: "listing", mailbox });
    for (const account of new Set(letters.map((letter) => letter.account)))
      world.tell({ kind: "mailboxes", account });
    world.tell({ kind: "emails" });
  };
  if (!muted) unread.length = 0;
  set(muted);
  return { undo: world.remember(() => set(!muted)), affected: threads.size };
}

// What the in-memory engine has on the server of its POP3 account: a copy of each letter of the inbox, one that was deleted
// here, and one that never came.
import type { MaildropView, OnServerView, RetentionView, ServerCopiesView } from "../backend";
import { post } from "./post";
import { reject, type World } from "./world";

const DAY = 86_400_000;

interface Maildrop {
  messages: OnServerView[];
}

const drops = new WeakMap<World, Map<string, Maildrop>>();

function dropOf(world: World, id: string): Maildrop {
  const account = world.account(id);
  if (account.protocol !== "pop3")
    reject("invalid", `${account.email} does not download its mail with POP3.`);
  const all = drops.get(world) ?? new Map<string, Maildrop>();
  drops.set(world, all);
  const there = all.get(id) ?? { messages: furnish(world, id) };
  all.set(id, there);
  return there;
}

function furnish(world: World, id: string): OnServerView[] {
  const letters = [...world.letters.values()].filter(
    (letter) => letter.account === id && letter.mailboxes.includes(`${id}-inbox`),
  );
  const held = letters.map((letter): OnServerView => ({
    name: letter.id,
    size: letter.size,
    subject: letter.subject,
    from: letter.from,
    date: letter.at,
    here: "whole",
  }));
  const from = [{ name: "Jonas Halvorsen", email: "jonas@kustwerk.example" }];
  const date = Date.now() - 2 * DAY;
  const others: OnServerView[] = [
    { name: "deleted", size: 12_400, subject: "Old timetable", from, date, here: "deleted" },
    { name: "never", size: 31_000_000, subject: "Photographs of the hull", from, date, here: "no" },
  ];
  return [...others, ...held].sort((a, b) => (b.date ?? 0) - (a.date ?? 0));
}

export function stillOnServer(world: World, id: string): MaildropView {
  return { messages: dropOf(world, id).messages, expiresAfter: null };
}

export function removeFromServer(world: World, id: string, names: string[]): number {
  const drop = dropOf(world, id);
  const before = drop.messages.length;
  drop.messages = drop.messages.filter(({ name }) => !names.includes(name));
  return before - drop.messages.length;
}

export function downloadAgain(world: World, id: string, names: string[]): number {
  const wanted = dropOf(world, id).messages.filter(({ name }) => names.includes(name));
  for (const message of wanted) {
    if (message.here === "whole") continue;
    message.here = "whole";
    post(world, {
      from: "Jonas Halvorsen <jonas@kustwerk.example>",
      subject: message.subject,
      when: [2, "09:00"],
      text: "It came once more.",
      box: `${id}-inbox`,
      unread: true,
    });
  }
  world.tell({ kind: "mailboxes", account: id }, { kind: "listing", mailbox: `${id}-inbox` });
  return wanted.length;
}

export function retentionEffect(world: World, id: string, retention: RetentionView): ServerCopiesView {
  const due = dropOf(world, id).messages.filter(({ here, date }) => {
    switch (retention.kind) {
      case "keep":
        return false;
      case "remove-after-download":
        return here === "whole" || here === "deleted";
      case "remove-after-days":
        return here === "deleted" || (here === "whole" && (date ?? 0) <= Date.now() - retention.days * DAY);
      case "remove-when-trashed":
      case "remove-when-deleted":
        return here === "deleted";
    }
  });
  return { messages: due.length, octets: due.reduce((sum, { size }) => sum + size, 0) };
}

export function setRetention(world: World, id: string, retention: RetentionView): void {
  dropOf(world, id);
  world.account(id).retention = retention;
  world.tell({ kind: "accounts" });
}

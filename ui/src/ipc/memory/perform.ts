// The operations on letters and folders, each with the way back.
import type { ActionView, EmptiedView, PerformedView } from "../backend";
import { mute, takeOut, unite } from "./conversations";
import { reject, type Letter, type Mailbox, type World } from "./world";

const fields = {
  $seen: "unread",
  $flagged: "starred",
  $answered: "answered",
  $forwarded: "forwarded",
} as const;

function keyword(letter: Letter, name: string, on: boolean): void {
  const field = fields[name as keyof typeof fields] as (typeof fields)[keyof typeof fields] | undefined;
  if (field !== undefined) letter[field] = name === "$seen" ? !on : on;
}

/** Runs a change over letters and remembers how they were. */
function onLetters(world: World, emails: string[], change: (letter: Letter) => void): PerformedView {
  const letters = emails.map((id) => world.letter(id));
  const before = letters.map((letter) => ({ ...letter, mailboxes: [...letter.mailboxes] }));
  const tell = () => {
    world.tell({ kind: "emails" });
    for (const account of new Set([...before, ...letters].map((letter) => letter.account)))
      world.tell({ kind: "mailboxes", account });
    for (const mailbox of new Set([...before, ...letters].flatMap((letter) => letter.mailboxes)))
      world.tell({ kind: "listing", mailbox });
  };
  letters.forEach(change);
  tell();
  const undo = world.remember(() => {
    for (const old of before) world.letters.set(old.id, old);
    tell();
  });
  return { undo, affected: letters.length };
}

/** Puts the letters into a folder once more. In another account they are conversations of their own. */
function copy(world: World, emails: string[], to: string): PerformedView {
  const { account } = world.mailbox(to);
  const copies = emails.map((id): Letter => {
    const letter = structuredClone(world.letter(id));
    const thread = letter.account === account ? letter.thread : `${account}-${letter.thread}`;
    return { ...letter, id: world.id("email"), account, thread, mailboxes: [to] };
  });
  const tell = () =>
    world.tell({ kind: "emails" }, { kind: "mailboxes", account }, { kind: "listing", mailbox: to });
  for (const each of copies) world.letters.set(each.id, each);
  tell();
  const undo = world.remember(() => {
    for (const each of copies) world.letters.delete(each.id);
    tell();
  });
  return { undo, affected: copies.length };
}

/** Runs a change over the folder tree and remembers how it was. */
function onTree(world: World, account: string, affected: number, change: () => void): PerformedView {
  const before = world.mailboxes.map((mailbox) => ({ ...mailbox }));
  const places = new Map([...world.letters].map(([id, letter]) => [id, [...letter.mailboxes]]));
  const letters = new Map(world.letters);
  change();
  world.tell({ kind: "mailboxes", account });
  const undo = world.remember(() => {
    world.mailboxes = before;
    world.letters = letters;
    for (const [id, mailboxes] of places) world.letter(id).mailboxes = mailboxes;
    world.tell({ kind: "mailboxes", account });
  });
  return { undo, affected };
}

function freeName(
  world: World,
  account: string,
  parent: string | null,
  name: string,
  except?: string,
): string {
  const trimmed = name.trim();
  if (trimmed === "") reject("invalid", "A folder needs a name.");
  const unfit = /[/%*]/u.exec(trimmed)?.[0];
  if (unfit !== undefined && world.account(account).protocol === "imap")
    reject("invalid", `A folder's name cannot hold “${unfit}” on this server.`);
  const taken = world.mailboxes.some(
    (other) =>
      other.account === account &&
      other.parent === parent &&
      other.id !== except &&
      other.name.toLowerCase() === trimmed.toLowerCase(),
  );
  return taken ? reject("invalid", `There is already a folder called “${trimmed}” here.`) : trimmed;
}

/** In Trash or in what stands there, and nowhere else: what is deleted then is deleted for good. */
function inTrash(world: World, letter: Letter): boolean {
  return letter.mailboxes.every((id) => {
    let at: Mailbox | undefined = world.mailbox(id);
    while (at !== undefined) {
      if (at.role === "trash") return true;
      const { parent }: Mailbox = at;
      at = world.mailboxes.find((each) => each.id === parent);
    }
    return false;
  });
}

export function perform(world: World, action: ActionView): PerformedView {
  switch (action.kind) {
    case "setKeywords":
      return onLetters(world, action.emails, (letter) => {
        for (const name of action.add) keyword(letter, name, true);
        for (const name of action.remove) keyword(letter, name, false);
      });
    case "move":
      return onLetters(world, action.emails, (letter) => {
        const others = letter.mailboxes.filter((id) => id !== action.from && id !== action.to);
        const stays = action.from !== null && letter.mailboxes.includes(action.from);
        letter.mailboxes = stays ? [...others, action.to] : [action.to];
        letter.account = world.mailbox(action.to).account;
      });
    case "copy":
      return copy(world, action.emails, action.to);
    case "moveToRole": {
      const to = (letter: Letter) => [world.roleMailbox(letter.account, action.role).id];
      const away = action.emails.filter((id) => {
        const letter = world.letter(id);
        return letter.mailboxes.join() !== to(letter).join();
      });
      if (away.length === 0) return { undo: null, affected: 0 };
      return onLetters(world, away, (letter) => (letter.mailboxes = to(letter)));
    }
    case "delete": {
      const letters = action.emails.map((id) => world.letter(id));
      const there = letters.filter((letter) => inTrash(world, letter)).map((letter) => letter.id);
      // Where others are elsewhere, what is in Trash already stays there.
      const forGood = there.length === letters.length ? there : [];
      const away = action.emails.filter((id) => forGood.length > 0 || !there.includes(id));
      const performed = onLetters(world, away, (letter) => {
        if (forGood.length === 0) letter.mailboxes = [world.roleMailbox(letter.account, "trash").id];
      });
      for (const id of forGood) world.letters.delete(id);
      return performed;
    }
    case "createMailbox": {
      const name = freeName(world, action.account, action.parent, action.name);
      return onTree(world, action.account, 1, () => {
        world.mailboxes.push({
          id: world.id("mailbox"),
          account: action.account,
          parent: action.parent,
          name,
          role: null,
          selectable: true,
        });
      });
    }
    case "renameMailbox": {
      const mailbox = world.mailbox(action.mailbox);
      const name = freeName(world, mailbox.account, mailbox.parent, action.name, mailbox.id);
      return onTree(world, mailbox.account, 1, () => (mailbox.name = name));
    }
    case "takeOut":
      return takeOut(world, action.emails);
    case "unite":
      return unite(world, action.emails);
    case "mute":
      return mute(world, action.emails, action.muted);
    case "moveMailbox": {
      const mailbox = world.mailbox(action.mailbox);
      if (world.subtree(mailbox.id).some((each) => each.id === action.parent))
        reject("invalid", "A folder cannot go into itself.");
      freeName(world, mailbox.account, action.parent, mailbox.name, mailbox.id);
      return onTree(world, mailbox.account, 1, () => (mailbox.parent = action.parent));
    }
    case "showMailbox": {
      const within = world.subtree(action.mailbox);
      const { account, name } = world.mailbox(action.mailbox);
      if (!action.shown && within.some((each) => each.role !== null))
        reject("invalid", `“${name}” is needed by the account and is always shown.`);
      return onTree(world, account, within.length, () => {
        for (const each of within) each.unsubscribed = !action.shown;
      });
    }
    case "empty": {
      const { mailbox, ids, letters: doomed } = going(world, action.mailbox);
      for (const letter of doomed) {
        letter.mailboxes = letter.mailboxes.filter((id) => !ids.has(id));
        if (letter.mailboxes.length === 0) world.letters.delete(letter.id);
      }
      world.mailboxes = world.mailboxes.filter((each) => each.id === mailbox.id || !ids.has(each.id));
      world.tell({ kind: "mailboxes", account: mailbox.account }, { kind: "listing", mailbox: mailbox.id });
      return { undo: null, affected: doomed.length };
    }
    case "deleteMailbox": {
      const doomed = world.subtree(action.mailbox);
      const mailbox = world.mailbox(action.mailbox);
      const trash = world.roleMailbox(mailbox.account, "trash");
      return onTree(world, mailbox.account, doomed.length, () => {
        const already =
          mailbox.parent !== null && world.subtree(trash.id).some((each) => each.id === mailbox.id);
        if (!already) {
          mailbox.parent = trash.id;
          return;
        }
        const ids = new Set(doomed.map((each) => each.id));
        world.mailboxes = world.mailboxes.filter((each) => !ids.has(each.id));
        for (const letter of [...world.letters.values()])
          if (letter.mailboxes.every((id) => ids.has(id))) world.letters.delete(letter.id);
      });
    }
  }
}

export function emptiedWith(world: World, id: string): EmptiedView {
  const { ids, letters } = going(world, id);
  const elsewhere = letters.filter((letter) => letter.mailboxes.some((shown) => !ids.has(shown))).length;
  return { letters: letters.length - elsewhere, elsewhere, folders: ids.size - 1 };
}

/** Trash or Junk, what is emptied with it, and the letters that are shown there. */
function going(world: World, id: string) {
  const mailbox = world.mailbox(id);
  if (mailbox.role !== "trash" && mailbox.role !== "junk")
    reject("invalid", `“${mailbox.name}” is neither Trash nor Junk, and is not emptied`);
  const within = mailbox.role === "trash" ? world.subtree(mailbox.id) : [mailbox];
  const ids = new Set(within.map((each) => each.id));
  const letters = [...world.letters.values()].filter((letter) =>
    letter.mailboxes.some((shown) => ids.has(shown)),
  );
  return { mailbox, ids, letters };
}

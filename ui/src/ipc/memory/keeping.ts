// How much of an account the in-memory engine keeps, and pausing it. Letters outside of the window lose their body until
// they are opened; sizes are those of the letters.
import type { DroppableView, KeepingView } from "../backend";
import { reject, type Letter, type World } from "./world";

const DAY = 86_400_000;
const MEGABYTE = 1_000_000;

export function setKeeping(world: World, id: string, keeping: KeepingView): void {
  const account = world.account(id);
  const allowed = account.protocol === "imap" || (account.protocol === "pop3" && keeping.keep.kind === "all");
  if (!allowed)
    reject("invalid", `${account.email} keeps all its mail on this computer, since no server does.`);
  account.keeping = keeping;
  for (const letter of of(world, id)) if (!isOutside(letter, keeping)) bring(letter);
  world.tell({ kind: "accounts" });
}

export function droppable(world: World, id: string, keeping: KeepingView): DroppableView {
  const letters = outside(world, id, keeping);
  const octets = letters.reduce((sum, letter) => sum + letter.size, 0);
  return { letters: letters.length, megabytes: Math.ceil(octets / MEGABYTE) };
}

export function dropBodies(world: World, id: string): number {
  const letters = outside(world, id, world.account(id).keeping);
  for (const letter of letters) {
    letter.bodyPresent = false;
    // Of a large letter the text stays readable; its files come one by one.
    for (const file of letter.attachments) file.here = false;
  }
  world.tell({ kind: "emails" });
  return letters.length;
}

export function setPaused(world: World, id: string, paused: boolean): void {
  const account = world.account(id);
  if (account.protocol === "local") reject("invalid", "There is no server to fetch from.");
  const { activity } = account;
  const waiting = activity.kind === "syncing" ? activity.total - activity.done : 0;
  account.paused = paused;
  account.activity = paused
    ? { kind: "paused", waiting }
    : { kind: "upToDate", checkedAt: Date.now(), shut: [] };
  world.tell({ kind: "accounts" }, { kind: "activity", account: id, activity: account.activity });
}

/** A file that is opened or saved comes; of a letter that is not large all of it did when it was read. */
export function bringFile(letter: Letter, part: string): void {
  for (const file of letter.attachments) if (file.part === part) file.here = true;
}

/** What opening a letter brings: all of it, but of a large one the text. */
export function read(world: World, letter: Letter): void {
  const { large } = world.account(letter.account).keeping;
  if (large === null || letter.size <= large * MEGABYTE) bring(letter);
}

function bring(letter: Letter): void {
  letter.bodyPresent = true;
  for (const file of letter.attachments) file.here = true;
}

function of(world: World, account: string): Letter[] {
  return [...world.letters.values()].filter((letter) => letter.account === account);
}

function outside(world: World, account: string, keeping: KeepingView): Letter[] {
  return of(world, account).filter(
    (letter) => letter.bodyPresent && !letter.draft && isOutside(letter, keeping),
  );
}

function isOutside(letter: Letter, { keep, large }: KeepingView): boolean {
  if (large !== null && letter.size > large * MEGABYTE) return true;
  if (keep.kind === "all") return false;
  return keep.kind === "headers" || letter.at < Date.now() - keep.days * DAY;
}

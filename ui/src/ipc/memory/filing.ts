// Drafts as they stand among the letters of their account: filed when their composer closes, opened from there.
import type { DraftView } from "../backend";
import type { World } from "./world";
import { draft, letterFrom } from "./writing";

/** The letter that a draft stands as goes: it is sent, discarded, or comes in another version. */
export function withdraw(world: World, id: string): void {
  const email = world.filedDrafts.get(id);
  world.filedDrafts.delete(id);
  const letter = email === undefined ? undefined : world.letters.get(email);
  if (letter === undefined) return;
  world.letters.delete(letter.id);
  world.tell(
    { kind: "emails" },
    { kind: "mailboxes", account: letter.account },
    ...letter.mailboxes.map((mailbox) => ({ kind: "listing" as const, mailbox })),
  );
}

export function closeDraft(world: World, id: string): void {
  const written = world.drafts.get(id);
  if (written === undefined) return;
  const before = world.filedDrafts.get(id);
  withdraw(world, id);
  const { id: box } = world.roleMailbox(written.account, "drafts");
  const original = world.letters.get(world.draftOrigins.get(id)?.email ?? "");
  const thread = original?.thread ?? world.id("thread");
  const letter = { ...letterFrom(world, written, box, written.account, false, thread), draft: true };
  world.letters.set(letter.id, letter);
  world.filedDrafts.set(id, letter.id);
  if (before !== undefined) {
    world.filedBefore.set(before, id);
    world.tell({ kind: "refiled", before, now: letter.id });
  }
  world.tell(
    { kind: "emails" },
    { kind: "mailboxes", account: letter.account },
    { kind: "listing", mailbox: box },
  );
}

export function editDraft(world: World, email: string): DraftView {
  const filed = [...world.filedDrafts].find(([, letter]) => letter === email)?.[0];
  const known = filed ?? (world.letters.has(email) ? undefined : world.filedBefore.get(email));
  const written = known === undefined ? undefined : world.drafts.get(known);
  if (written !== undefined) return structuredClone(written);
  const letter = world.letter(email);
  const made = draft(world, letter.account, {
    to: letter.to,
    cc: letter.cc,
    bcc: letter.bcc,
    subject: letter.subject,
    html: letter.html,
    identity: null,
    from: null,
    asks: { receipt: false, notices: false, encryption: false },
  });
  world.filedDrafts.set(made.id, email);
  return made;
}

// Drafts and the outbox in memory. What is sent to one of our own addresses arrives there, so everything can be tried.
import type {
  AddressView,
  DraftContentView,
  DraftView,
  KnownPeopleView,
  LetterView,
  TroubleView,
} from "../backend";
import { identitiesOf } from "./identities";
import { nameOf } from "./names";
import { meant } from "./nested";
import { reject, type Letter, type World } from "./world";

const empty: DraftContentView = {
  to: [],
  cc: [],
  bcc: [],
  subject: "",
  html: "",
  identity: null,
  from: null,
  asks: { receipt: false, notices: false, encryption: false },
};

export function draft(world: World, account: string, content: DraftContentView): DraftView {
  const made: DraftView = { id: world.id("draft"), account, content, attachments: [], updatedAt: Date.now() };
  world.drafts.set(made.id, made);
  world.tell({ kind: "drafts" });
  return structuredClone(made);
}

export function newDraft(world: World, account: string | null, mailto: string | null): DraftView {
  const from = account ?? world.accounts[0]?.id ?? reject("invalid", "There is no account to write from.");
  const content = { ...empty };
  if (mailto !== null) {
    const url = new URL(mailto);
    const addresses = (text: string | null) =>
      (text ?? "")
        .split(",")
        .filter(Boolean)
        .map((email): AddressView => ({ name: null, email: email.trim() }));
    content.to = addresses(decodeURIComponent(url.pathname));
    content.cc = addresses(url.searchParams.get("cc"));
    content.bcc = addresses(url.searchParams.get("bcc"));
    content.subject = url.searchParams.get("subject") ?? "";
    content.html = (url.searchParams.get("body") ?? "").replace(/&/g, "&amp;").replace(/</g, "&lt;");
  }
  return draft(world, from, content);
}

function prefixed(prefix: string, subject: string): string {
  return subject.toLowerCase().startsWith(prefix.toLowerCase()) ? subject : `${prefix} ${subject}`;
}

export function respond(
  world: World,
  email: string,
  part: string | null,
  kind: "reply" | "replyAll" | "forward",
): DraftView {
  const letter = meant(world.letter(email), part);
  const own = new Set(world.accounts.map((account) => account.email));
  const others = (list: AddressView[]) => list.filter((each) => !own.has(each.email));
  const when = new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
  }).format(letter.at);
  const sender = letter.from[0] ?? { name: null, email: "" };
  const quote = `<p>On ${when}, ${nameOf(sender)} wrote:</p><blockquote type="cite">${letter.html}</blockquote>`;
  const content: DraftContentView = {
    ...empty,
    subject: prefixed(kind === "forward" ? "Fwd:" : "Re:", letter.subject),
    html: quote,
  };
  if (kind !== "forward") {
    const back = letter.replyTo.length > 0 ? letter.replyTo : letter.from;
    content.to = others(back).length > 0 ? others(back) : letter.to;
    if (kind === "replyAll") {
      const known = new Set(content.to.map((each) => each.email));
      content.cc = others([...letter.to, ...letter.cc]).filter((each) => !known.has(each.email));
    }
  }
  const made = draft(world, letter.account, content);
  if (kind === "forward") {
    made.attachments = letter.attachments.map((file) => ({
      id: world.id("file"),
      name: file.name,
      mediaType: file.mediaType,
      size: file.size,
    }));
    world.drafts.set(made.id, structuredClone(made));
  }
  // One that answers a letter within another marks neither of them.
  if (part === null)
    world.draftOrigins.set(made.id, { email, kind: kind === "forward" ? "forward" : "reply" });
  return made;
}

export function saveDraft(world: World, id: string, account: string, content: DraftContentView): number {
  const saved = world.drafts.get(id) ?? reject("gone", "That draft is not here any more.");
  world.drafts.set(id, { ...saved, account, content: structuredClone(content), updatedAt: Date.now() });
  world.tell({ kind: "drafts" });
  return Date.now();
}

export function letterFrom(
  world: World,
  sent: DraftView,
  box: string,
  account: string,
  unread: boolean,
  thread: string,
): Letter {
  const from = world.account(sent.account);
  const text = sent.content.html
    .replace(/<blockquote[\s\S]*$/u, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  const base: Omit<LetterView, "sameAs"> = {
    id: world.id("email"),
    thread,
    account,
    mailboxes: [box],
    subject: sent.content.subject,
    from: [sender(world, sent) ?? { name: from.name, email: from.email }],
    to: sent.content.to,
    cc: sent.content.cc,
    bcc: unread ? [] : sent.content.bcc,
    replyTo: [],
    at: Date.now(),
    sent: Date.now(),
    size: 1200 + sent.content.html.length,
    preview: text.slice(0, 160),
    unread,
    starred: false,
    answered: false,
    forwarded: false,
    draft: false,
    hasAttachment: sent.attachments.length > 0,
    bodyPresent: true,
  };
  const attachments = sent.attachments.map((file, index) => ({
    part: String(index + 2),
    name: file.name,
    mediaType: file.mediaType,
    size: file.size,
    here: true,
    dangers: [],
    shows: "nothing" as const,
  }));
  const name = `${sent.id}@waxwing.example`;
  return { ...base, name, html: sent.content.html, attachments, remoteImages: 0, trackers: 0 };
}

function sender(world: World, sent: DraftView): AddressView | null {
  const identity = identitiesOf(world).find((each) => each.id === sent.content.identity);
  if (identity === undefined) return null;
  return { name: identity.name || null, email: sent.content.from ?? identity.email };
}

function deliver(world: World, submission: string): void {
  const entry = world.submissions.find((each) => each.id === submission);
  const sent = world.sentDrafts.get(submission);
  if (entry === undefined || sent === undefined) return;
  entry.attempts += 1;
  const refused = entry.recipients.find((each) => each.email.startsWith("nobody@"));
  if (refused !== undefined) {
    const trouble: TroubleView = {
      kind: "refused",
      sentence: `The server does not take letters for ${refused.email}.`,
      detail: `550 5.1.1 <${refused.email}>: user unknown`,
    };
    entry.state = { kind: "failed", trouble, permanent: true };
    world.tell({ kind: "outbox" });
    return;
  }
  entry.state = { kind: "sent", reply: "250 2.0.0 Ok: queued as 4FzK2m1" };
  entry.copyFiled = true;
  const leaves = world.leaving.get(submission);
  if (leaves !== undefined) world.leave(leaves.account, leaves.list, "mail");
  world.leaving.delete(submission);
  const origin = world.draftOrigins.get(sent.id);
  const original = origin === undefined ? undefined : world.letters.get(origin.email);
  const thread = original?.thread ?? world.id("thread");
  if (original !== undefined && origin !== undefined) {
    if (origin.kind === "reply") original.answered = true;
    else original.forwarded = true;
  }
  const copy = letterFrom(
    world,
    sent,
    world.roleMailbox(sent.account, "sent").id,
    sent.account,
    false,
    thread,
  );
  world.letters.set(copy.id, copy);
  for (const account of world.accounts) {
    if (!entry.recipients.some((each) => each.email.toLowerCase() === account.email.toLowerCase())) continue;
    const inbox = world.roleMailbox(account.id, "inbox");
    const letter = letterFrom(
      world,
      sent,
      inbox.id,
      account.id,
      true,
      account.id === sent.account ? thread : world.id("thread"),
    );
    world.letters.set(letter.id, letter);
    world.tell(
      { kind: "arrived", account: account.id },
      { kind: "mailboxes", account: account.id },
      { kind: "listing", mailbox: inbox.id },
    );
  }
  world.tell(
    { kind: "outbox" },
    { kind: "mailboxes", account: sent.account },
    { kind: "emails" },
    ...copy.mailboxes.map((mailbox) => ({ kind: "listing" as const, mailbox })),
  );
}

export function send(world: World, id: string, undoSeconds: number, at: number | null): string {
  const sent = world.drafts.get(id) ?? reject("gone", "That draft is not here any more.");
  const recipients = [...sent.content.to, ...sent.content.cc, ...sent.content.bcc];
  if (recipients.length === 0) reject("invalid", "Add someone to send this to.");
  world.drafts.delete(id);
  const submission = world.id("submission");
  const now = Date.now();
  world.submissions.unshift({
    id: submission,
    account: sent.account,
    subject: sent.content.subject,
    recipients,
    state: { kind: "waiting" },
    copyFiled: false,
    attempts: 0,
    createdAt: now,
    sendAt: Math.max(now + undoSeconds * 1000, at ?? 0),
    holdUntil: at,
    holder: at === null ? null : "here",
    isLookedFor: false,
    progress: null,
    reports: [],
  });
  world.sentDrafts.set(submission, sent);
  world.tell({ kind: "drafts" }, { kind: "outbox" });
  const wait = Math.max(undoSeconds * 1000, (at ?? 0) - now);
  // A browser's timer holds twenty-four days.
  if (wait < 2_000_000_000) setTimeout(() => deliver(world, submission), wait + 300);
  return submission;
}

export function retry(world: World, submission: string): void {
  const entry =
    world.submissions.find((each) => each.id === submission) ??
    reject("gone", "That letter is not in the outbox any more.");
  entry.state = { kind: "sending" };
  entry.holdUntil = entry.holder = null;
  world.tell({ kind: "outbox" });
  setTimeout(() => deliver(world, submission), 3000);
}

export function undoSend(world: World, submission: string): DraftView | null {
  const entry = world.submissions.find((each) => each.id === submission);
  const sent = world.sentDrafts.get(submission);
  if (entry === undefined || sent === undefined || !["waiting", "failed"].includes(entry.state.kind))
    return null;
  world.submissions = world.submissions.filter((each) => each.id !== submission);
  world.sentDrafts.delete(submission);
  world.drafts.set(sent.id, sent);
  world.tell({ kind: "drafts" }, { kind: "outbox" });
  return structuredClone(sent);
}

/** As the engine has it: a word begins so; whom one writes with most comes first, and nobody of Junk or Trash. */
export function completeAddress(world: World, typed: string, most: number): KnownPeopleView {
  const found = new Map<string, { address: AddressView; letters: number }>();
  const needle = typed.trim().toLowerCase();
  if (needle === "") return { people: [], more: false };
  const begins = ({ name, email }: AddressView) =>
    [name ?? "", email, ...(name ?? "").split(/\s+/u), ...email.split(/[@.\-_+]/u)].some((word) =>
      word.toLowerCase().startsWith(needle),
    );
  for (const letter of world.letters.values()) {
    const roles = letter.mailboxes.map((id) => world.mailbox(id).role);
    if (roles.every((role) => role === "trash" || role === "junk")) continue;
    for (const each of [...letter.from, ...letter.to, ...letter.cc].filter(begins)) {
      const key = each.email.toLowerCase();
      const known = found.get(key) ?? { address: each, letters: 0 };
      found.set(key, { ...known, letters: known.letters + (roles.includes("sent") ? 3 : 1) });
    }
  }
  const own = new Set(world.accounts.map(({ email }) => email.toLowerCase()));
  const weight = ({ address, letters }: { address: AddressView; letters: number }) =>
    own.has(address.email.toLowerCase()) ? 0 : letters;
  const people = [...found.values()]
    .sort((one, other) => weight(other) - weight(one))
    .map(({ address }) => address);
  return { people: people.slice(0, most), more: people.length > most || needle.length === 1 };
}

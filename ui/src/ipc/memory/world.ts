// What the in-memory engine knows: accounts, mailboxes, letters, drafts, outbox, and who listens. No behaviour but
// finding, counting and telling; the verbs stand in the files beside this one.
import { wholeCrowd, type Crowd } from "./crowd";
import type {
  AccountView,
  AddressView,
  AllowedView,
  AttachmentView,
  CautionWishesView,
  ChangeView,
  DraftView,
  ExceptionView,
  IdentityView,
  IndexingView,
  InvitationView,
  LeftOutView,
  LetterView,
  ListView,
  MissedView,
  MailboxView,
  ReportingView,
  ReportLineView,
  Role,
  SubmissionView,
  TroubleKind,
  TroubleView,
  WhoView,
} from "../backend";

export interface Letter extends Omit<LetterView, "sameAs"> {
  /** Its Message-ID, where another letter may have the same. */
  name?: string;
  html: string;
  attachments: AttachmentView[];
  /** What stands in some of its files, by their parts. */
  papers?: Record<string, string>;
  remoteImages: number;
  trackers: number;
  /** Who asks to hear that it was read. */
  receiptTo?: AddressView[];
  reports?: ReportLineView[];
  reporting?: ReportingView;
  invitation?: InvitationView;
  oddities?: string[];
  kinds?: string[];
  leftOut?: LeftOutView;
  list?: ListView;
  who?: Partial<WhoView>;
  /** Pictures that cannot be fetched. */
  missed?: MissedView[];
  garbled?: boolean;
  sentBy?: AddressView;
  /** Letters within it, by the ways to them. */
  within?: Record<string, Letter>;
}

/** A provider's name, or null for a password. Without a word of its own, sending goes with reading. */
export interface Ways {
  incoming: string | null;
  outgoing?: string | null;
}

export type Mailbox = Omit<MailboxView, "total" | "unread" | "hidden"> & { unsubscribed?: boolean };

/** Copies of files that the system drags, by their tokens, and the names of those that it was asked to drag. */
interface Copies {
  bySystem: boolean;
  ready: Map<string, string>;
  dragged: string[];
}

export class World {
  accounts: AccountView[] = [];
  mailboxes: Mailbox[] = [];
  letters = new Map<string, Letter>();
  drafts = new Map<string, DraftView>();
  /** As which letter a draft stands in a folder. */
  filedDrafts = new Map<string, string>();
  /** And as which it did before: a list may show one of those for a moment yet. */
  filedBefore = new Map<string, string>();
  /** Which letter a draft answers or passes on, so that sending marks it. */
  draftOrigins = new Map<string, { email: string; kind: "reply" | "forward" }>();
  submissions: SubmissionView[] = [];
  /** The draft of each submission, as long as it can be taken back. */
  sentDrafts = new Map<string, DraftView>();
  settings = new Map<string, string>();
  undos = new Map<string, () => void>();
  crowd: Crowd = wholeCrowd;
  /** Whose pictures are shown. */
  allowed: AllowedView[] = [];
  caution: CautionWishesView = { keys: "whenNeeded", askBeforeAll: false, cleanLinks: true };
  /** Lists that were left, by account and id. */
  left = new Map<string, { at: number; by: string }>();
  /** Letters that leave a list once they are sent, by their submissions. */
  leaving = new Map<string, { account: string; list: string }>();
  identities: IdentityView[] = [];
  changedIdentities = new Map<string, IdentityView>();
  /** Who signs an account's person in in the browser. */
  ways = new Map<string, Ways>();
  /** And the one of an address with a server of its own. */
  identityWays = new Map<string, string>();
  /** Accounts whose domain was asked at whose page its people sign in. */
  asked = new Set<string>();
  /** Certificates that were accepted, by account. */
  exceptions = new Map<string, ExceptionView[]>();
  /** Folders that were chosen for a role, and what had it before, by account and role. */
  chosenRoles = new Map<string, { role: Role; mailbox: string; before: string | null }>();
  /** Letters whose reader has said whether their sender hears of it. */
  receiptsAnswered = new Set<string>();
  /** Conversations of which nobody wants to hear. */
  muted = new Set<string>();
  savedSearches: { id: string; name: string; query: string }[] = [];
  /** How far the search index is. */
  /** What was saved and is shown in its folder, the newest last. */
  shown: string[] = [];
  /** Whether there is a program for folders. */
  showsFolders = true;
  /** Letters whose files are not known yet. */
  unlisted = 0;
  indexing: IndexingView = { letters: 0, of: 0, files: 0 };
  /** What the server has found for a query, of letters that are not here. */
  foundThere = new Map<string, Set<string>>();
  /** Copies that may be dragged out: as a page on Linux does it, or by the system, as on Windows and macOS. */
  copies: Copies = { bySystem: false, ready: new Map(), dragged: [] };
  private listeners = new Set<(changes: ChangeView[]) => void>();
  private pending: ChangeView[] = [];
  private counter = 0;

  id(prefix: string): string {
    this.counter += 1;
    return `${prefix}-${this.counter}`;
  }

  leave(account: string, list: string, by: string): void {
    this.left.set(`${account} ${list}`, { at: Date.now(), by });
    this.tell({ kind: "listLeft", account, list });
  }

  /** Told in batches, as the shell does. */
  tell(...changes: ChangeView[]): void {
    if (this.pending.length === 0) {
      setTimeout(() => {
        const batch = this.pending;
        this.pending = [];
        for (const listener of this.listeners) listener(batch);
      }, 0);
    }
    this.pending.push(...changes);
  }

  listen(listener: (changes: ChangeView[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  account(id: string): AccountView {
    return this.accounts.find((account) => account.id === id) ?? gone();
  }

  mailbox(id: string): Mailbox {
    return this.mailboxes.find((mailbox) => mailbox.id === id) ?? gone();
  }

  letter(id: string): Letter {
    return this.letters.get(id) ?? gone();
  }

  /** The mailbox of a role, made when it is missing, as the engine does. */
  roleMailbox(account: string, role: Role): Mailbox {
    const found = this.mailboxes.find((mailbox) => mailbox.account === account && mailbox.role === role);
    if (found !== undefined) return found;
    const name = role.charAt(0).toUpperCase() + role.slice(1);
    const made: Mailbox = { id: this.id("mailbox"), account, parent: null, name, role, selectable: true };
    this.mailboxes.push(made);
    this.tell({ kind: "mailboxes", account });
    return made;
  }

  /** A mailbox and everything inside it. */
  subtree(id: string): Mailbox[] {
    const below = this.mailboxes
      .filter((mailbox) => mailbox.parent === id)
      .flatMap((mailbox) => this.subtree(mailbox.id));
    return [this.mailbox(id), ...below];
  }

  /** What is not subscribed, unless it has a role or holds something that is shown. */
  hidden(mailbox: Mailbox): boolean {
    return this.subtree(mailbox.id).every((each) => each.role === null && each.unsubscribed === true);
  }

  thread(thread: string): Letter[] {
    return [...this.letters.values()]
      .filter((letter) => letter.thread === thread)
      .sort((a, b) => a.at - b.at);
  }

  /** Keeps an undo and gives its name. */
  remember(back: () => void): string {
    const id = this.id("undo");
    this.undos.set(id, back);
    return id;
  }
}

export function trouble(kind: TroubleKind, sentence: string, detail: string | null = null): TroubleView {
  return { kind, sentence, detail };
}

/** A rejection that looks like the shell's. */
export function reject(kind: TroubleKind, sentence: string, detail: string | null = null): never {
  // The shell rejects with a plain object, not with an Error.
  // eslint-disable-next-line @typescript-eslint/only-throw-error
  throw trouble(kind, sentence, detail);
}

function gone(): never {
  return reject("gone", "That is not here any more.");
}

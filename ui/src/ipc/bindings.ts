// The shapes that cross between the shell and the interface. Types only: this file is generated from the shell.
export type Protocol = "imap" | "pop3" | "local";
export type Security = "tls" | "starttls" | "plain";
export type Authentication = "auto" | "plain" | "login" | "cram-md5" | "none";
export type TroubleKind = "wrongPassword" | "badCertificate" | "unreachable" | "methodRefused" | "refused" | "badAnswer" | "diskFull" | "store" | "vault" | "gone" | "invalid";
export interface TroubleView { kind: TroubleKind; sentence: string; detail: string | null }
export interface ServerView { host: string; port: number; security: Security; username: string; authentication: Authentication }
export type RetentionView = { kind: "keep" } | { kind: "remove-after-download" } | { kind: "remove-after-days"; days: number } | { kind: "remove-when-deleted" };
export type ActivityView = { kind: "idle" } | { kind: "connecting" } | { kind: "syncing"; done: number; total: number; secondsLeft: number | null }
  | { kind: "upToDate"; checkedAt: number } | { kind: "offline"; since: number } | { kind: "failed"; trouble: TroubleView };
export interface AccountView { id: string; email: string; name: string; protocol: Protocol; colour: number; demo: boolean; incoming: ServerView | null; outgoing: ServerView | null; retention: RetentionView; activity: ActivityView }
export type Role = "inbox" | "drafts" | "sent" | "archive" | "junk" | "trash" | "all";
export interface MailboxView { id: string; account: string; parent: string | null; name: string; role: Role | null; selectable: boolean; total: number; unread: number }
export type ListingSource = { kind: "mailbox"; mailbox: string } | { kind: "allInboxes" } | { kind: "starred" } | { kind: "search"; query: string };
export interface Listing { source: ListingSource; filter: "all" | "unread"; order: "newest" | "oldest"; grouping: "conversations" | "messages" }
export interface RowView { thread: string; email: string; account: string; emails: string[]; people: string[]; avatar: string; subject: string; preview: string; receivedAt: number; unread: boolean; starred: boolean; answered: boolean; hasAttachment: boolean }
export interface PageView { total: number; rows: RowView[] }
export interface AddressView { name: string | null; email: string }
export interface LetterView { id: string; thread: string; account: string; mailboxes: string[]; subject: string; from: AddressView[]; to: AddressView[]; cc: AddressView[]; bcc: AddressView[]; replyTo: AddressView[]; at: number; size: number; preview: string; unread: boolean; starred: boolean; answered: boolean; forwarded: boolean; draft: boolean; hasAttachment: boolean; bodyPresent: boolean }
export interface AttachmentView { part: string; name: string; mediaType: string; size: number }
export interface BodyView { document: string /* the whole frame document: goes to srcdoc as it is */; remoteImages: number; trackers: number; attachments: AttachmentView[]; oddities: string[] }
export type ActionView =
  | { kind: "setKeywords"; emails: string[]; add: string[]; remove: string[] }        // "$seen", "$flagged", "$forwarded"…
  | { kind: "move"; emails: string[]; to: string }
  | { kind: "moveToRole"; emails: string[]; role: Role }                               // archive, trash, junk, inbox: the right mailbox of each email's account, made when missing
  | { kind: "delete"; emails: string[] }                                               // to Trash; from Trash (or Junk) for good
  | { kind: "createMailbox"; account: string; parent: string | null; name: string }
  | { kind: "renameMailbox"; mailbox: string; name: string }
  | { kind: "moveMailbox"; mailbox: string; parent: string | null }
  | { kind: "deleteMailbox"; mailbox: string };                                        // into Trash with its letters; from Trash for good
export interface PerformedView { undo: string | null; affected: number }
export interface DraftContentView { to: AddressView[]; cc: AddressView[]; bcc: AddressView[]; subject: string; html: string }
export interface DraftAttachmentView { id: string; name: string; mediaType: string; size: number }
export interface DraftView { id: string; account: string; content: DraftContentView; attachments: DraftAttachmentView[]; updatedAt: number }
export type SubmissionStateView = { kind: "waiting" } | { kind: "sending" } | { kind: "sent"; reply: string } | { kind: "failed"; reason: string; permanent: boolean } | { kind: "unknown" };
export interface SubmissionView { id: string; account: string; subject: string; recipients: AddressView[]; state: SubmissionStateView; copyFiled: boolean; attempts: number; createdAt: number; sendAt: number }
export interface CandidateView { host: string; port: number; security: Security; username: string }
export interface DiscoveryView { imap: CandidateView | null; pop3: CandidateView | null; smtp: CandidateView | null; how: { kind: "catalogue"; provider: string } | { kind: "probing" } | { kind: "nothing" } ; encrypted: boolean }
export interface AccountForm { name: string; email: string; password: string; outgoingPassword: string | null /* null = the same */; protocol: "imap" | "pop3"; incoming: ServerView; outgoing: ServerView; retention: RetentionView; allowPlain: boolean }
export interface ServerCheckView { ok: boolean; trouble: TroubleView | null }
export interface CheckView { incoming: ServerCheckView; outgoing: ServerCheckView }
export type VaultView = { kind: "open"; keeper: "keyring" | "passphrase" | "thisRun" } | { kind: "locked" } | { kind: "unavailable"; reason: string };
export type ChangeView = { kind: "accounts" } | { kind: "mailboxes"; account: string } | { kind: "listing"; mailbox: string } | { kind: "emails"; emails: string[] } | { kind: "arrived"; account: string; emails: string[] }
  | { kind: "drafts" } | { kind: "outbox" } | { kind: "activity"; account: string; activity: ActivityView } | { kind: "trouble"; account: string | null; trouble: TroubleView };

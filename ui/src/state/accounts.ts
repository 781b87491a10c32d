// What an account is called, what is wrong with it and which sheet helps, how often it is looked after, and its place among
// the others. Pure.
import type { AccountView, MailboxView, Role, TroubleView } from "../ipc/backend";

/** The name that the person gave it, or its address. */
export function called({ label, email }: Pick<AccountView, "label" | "email">): string {
  return label || email;
}

/** What stops it, if anything does. Without a network it is not the account that is in trouble. */
export function troubleIn({ activity, disabled }: AccountView): TroubleView | null {
  return activity.kind === "failed" && !disabled ? activity.trouble : null;
}

/** The same account, but for what it is at while nothing stops it: that is told several times a second while letters come. */
export function atRest(account: AccountView): AccountView {
  const { kind } = account.activity;
  return kind === "failed" || kind === "idle" ? account : { ...account, activity: { kind: "idle" } };
}

export type Mending = "signIn" | "servers" | "none";

/** The sheet that helps with a trouble of an account that is there. */
export function mendingOf({ kind }: TroubleView): Mending {
  switch (kind) {
    case "wrongPassword":
    case "signInEnded":
      return "signIn";
    case "badCertificate":
    case "changedCertificate":
    case "wrongPort":
    case "methodRefused":
      return "servers";
    default:
      return "none";
  }
}

const MINUTES = [1, 5, 15, 30, 60];

/** What can be chosen, with what is chosen now among it: the command line takes any number. */
export function checkChoices({ checkMinutes }: AccountView): string[] {
  const all = [...new Set([...MINUTES, ...(checkMinutes === null ? [] : [checkMinutes])])];
  return ["usual", ...all.sort((a, b) => a - b).map(String)];
}

export function checkChoice({ checkMinutes }: AccountView): string {
  return checkMinutes === null ? "usual" : String(checkMinutes);
}

export function minutesOf(choice: string): number | null {
  return choice === "usual" ? null : Number(choice);
}

/** The order after one account went to a place: that of another, or one up or down. */
export function reordered(ids: string[], moved: string, to: string | 1 | -1): string[] {
  const from = ids.indexOf(moved);
  const target = typeof to === "string" ? ids.indexOf(to) : from + to;
  if (from < 0 || target < 0 || target >= ids.length) return ids;
  const without = ids.filter((id) => id !== moved);
  return [...without.slice(0, target), moved, ...without.slice(target)];
}

/** The roles that a person may choose a folder for, in the order of the sheet. */
export const CHOOSABLE = ["sent", "drafts", "archive", "junk", "trash"] as const satisfies readonly Role[];

/** Folders that can have one. */
export function candidates(mailboxes: MailboxView[], account: string): MailboxView[] {
  return mailboxes.filter(
    (mailbox) =>
      mailbox.account === account && mailbox.selectable && mailbox.role !== "inbox" && mailbox.role !== "all",
  );
}

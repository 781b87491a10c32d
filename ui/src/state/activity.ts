// What the status line says of several accounts at once: the one that needs the person or makes them wait stands to the
// left, and all that is well to the right in one sentence. Pure.
import type { AccountView, ActivityView } from "../ipc/backend";

const rank = {
  failed: 0,
  offline: 1,
  waiting: 2,
  syncing: 3,
  deleting: 3,
  connecting: 4,
  paused: 5,
  upToDate: 9,
  idle: 9,
} as const;

/** The accounts to speak of, the one that matters most first: of several at work the one with most left to do. */
export function loudest(accounts: AccountView[]): AccountView[] {
  return accounts
    .filter((account) => rank[account.activity.kind] < 9)
    .sort((a, b) => rank[a.activity.kind] - rank[b.activity.kind] || leftOf(b.activity) - leftOf(a.activity));
}

function leftOf(activity: ActivityView): number {
  if (activity.kind === "deleting") return activity.left;
  return activity.kind === "syncing" ? activity.total - activity.done : 0;
}

export type Calm =
  | { kind: "none" }
  | { kind: "demo" }
  | { kind: "one"; email: string; checkedAt: number; shut: number }
  | { kind: "all"; checkedAt: number; shut: number };

export function calm(accounts: AccountView[], busy: AccountView | null): Calm {
  // The demo has no server that could have been asked.
  const checked = accounts.flatMap(({ email, activity, demo }) =>
    activity.kind === "upToDate" && !demo
      ? [{ email, checkedAt: activity.checkedAt, shut: activity.shut.length }]
      : [],
  );
  const [first] = checked;
  if (first === undefined)
    return accounts.length > 0 && accounts.every((account) => account.demo)
      ? { kind: "demo" }
      : { kind: "none" };
  if (checked.length === 1 || busy !== null) return { kind: "one", ...first };
  const shut = checked.reduce((sum, each) => sum + each.shut, 0);
  return { kind: "all", checkedAt: Math.min(...checked.map((each) => each.checkedAt)), shut };
}

// What the status line says of several accounts at once: the one that needs the person or makes them wait stands to the
// left, and all that is well to the right in one sentence. Pure.
import type { AccountView } from "../ipc/backend";

const rank = { failed: 0, offline: 1, syncing: 2, connecting: 3, upToDate: 9, idle: 9 } as const;

/** The account to speak of; null when all is quiet. */
export function busiest(accounts: AccountView[]): AccountView | null {
  const loud = accounts.filter((account) => rank[account.activity.kind] < 9);
  return loud.sort((a, b) => rank[a.activity.kind] - rank[b.activity.kind])[0] ?? null;
}

export type Calm =
  | { kind: "none" }
  | { kind: "demo" }
  | { kind: "one"; email: string; checkedAt: number }
  | { kind: "all"; checkedAt: number };

export function calm(accounts: AccountView[], busy: AccountView | null): Calm {
  const checked = accounts.flatMap(({ email, activity }) =>
    activity.kind === "upToDate" ? [{ email, checkedAt: activity.checkedAt }] : [],
  );
  const [first] = checked;
  if (first === undefined)
    return accounts.length > 0 && accounts.every((account) => account.demo)
      ? { kind: "demo" }
      : { kind: "none" };
  if (checked.length === 1 || busy !== null) return { kind: "one", ...first };
  return { kind: "all", checkedAt: Math.min(...checked.map((each) => each.checkedAt)) };
}

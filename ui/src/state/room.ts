// How full accounts are on their servers, and which of them is nearly full. Pure.
import type { AccountView, Quota } from "../ipc/backend";

/** Above this share the person is warned: the next letters may not fit. */
const NEARLY_FULL = 0.95;

/** Within 0 and 1. A server may have let in more than fits, and a limit of nothing is full. */
export function share({ used, limit }: Quota): number {
  return limit > 0 ? Math.min(1, Math.max(0, used / limit)) : 1;
}

export function isNearlyFull(quota: Quota): boolean {
  return share(quota) > NEARLY_FULL;
}

export interface Full {
  email: string;
  quota: Quota;
}

/** The account to be warned about: of those that are nearly full the fullest. */
export function fullest(accounts: AccountView[]): Full | null {
  const full = accounts.flatMap(({ email, quota }) =>
    quota !== null && isNearlyFull(quota) ? [{ email, quota }] : [],
  );
  return full.sort((a, b) => share(b.quota) - share(a.quota))[0] ?? null;
}

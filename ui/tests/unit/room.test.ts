// How full accounts are, and when a person is warned.
import { describe, expect, it } from "vitest";
import type { AccountView } from "../../src/ipc/backend";
import { lenaAccount } from "../../src/ipc/memory/accounts";
import { fullest, isNearlyFull, share } from "../../src/state/room";

const account = (email: string, quota: AccountView["quota"]) => ({ ...lenaAccount(), email, quota });

describe("the room on a server", () => {
  it("is a share within nothing and all, whatever the server says", () => {
    expect(share({ used: 5, limit: 20 })).toBe(0.25);
    expect(share({ used: 30, limit: 20 })).toBe(1);
    expect(share({ used: 0, limit: 0 })).toBe(1);
  });
  it("is short above 95 in a hundred, and not at it", () => {
    expect(isNearlyFull({ used: 950, limit: 1000 })).toBe(false);
    expect(isNearlyFull({ used: 951, limit: 1000 })).toBe(true);
  });
  it("is warned about where it is shortest, and nowhere else", () => {
    expect(fullest([account("a", null), account("b", { used: 10, limit: 100 })])).toBeNull();
    const full = fullest([
      account("a", { used: 96, limit: 100 }),
      account("b", { used: 99, limit: 100 }),
      account("c", null),
    ]);
    expect(full?.email).toBe("b");
  });
});

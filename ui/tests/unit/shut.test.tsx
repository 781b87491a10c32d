// Folders that their server does not open: the folder says so, and the line at the foot counts them.
import { describe, expect, it } from "vitest";
import type { AccountView, ActivityView } from "../../src/ipc/backend";
import { calm } from "../../src/state/activity";
import { shutOf } from "../../src/state/shut";
import { say } from "../../src/words";

const account = (id: string, activity: ActivityView): AccountView =>
  ({ id, email: `${id}@waxwing.test`, demo: false, activity }) as AccountView;
const shut = [{ mailbox: "7", reply: "[SERVERBUG] it broke" }];

describe("folders that are shut", () => {
  it("are those of an account at rest, and counted over all accounts", () => {
    const lena = account("lena", { kind: "upToDate", checkedAt: 5, shut });
    const jonas = account("jonas", { kind: "upToDate", checkedAt: 3, shut: [...shut, ...shut] });
    expect(shutOf(lena)).toEqual(shut);
    expect(shutOf(account("amara", { kind: "connecting" }))).toEqual([]);
    expect(calm([lena], null)).toEqual({ kind: "one", email: "lena@waxwing.test", checkedAt: 5, shut: 1 });
    expect(calm([lena, jonas], null)).toEqual({ kind: "all", checkedAt: 3, shut: 3 });
  });

  it("are told where all else is up to date", () => {
    const words = (n: number) => say("status-up-to-date", { email: "lena", time: "10:41", shut: n });
    expect(words(0)).toBe("lena: up to date, checked 10:41");
    expect(words(1)).toContain("but for 1 folder that its server does not open");
    expect(words(2)).toContain("but for 2 folders");
  });
});

// How much of an account stands here, as choices; and which account the status line speaks of.
import { describe, expect, it } from "vitest";
import type { AccountView, ActivityView, KeepingView } from "../../src/ipc/backend";
import { lenaAccount } from "../../src/ipc/memory/accounts";
import { openMemory } from "../../src/ipc/memory";
import { loudest } from "../../src/state/activity";
import { dropOperation, type Load } from "../../src/state/drag";
import {
  keepChoice,
  keepChoices,
  largeChoice,
  largeChoices,
  withKeep,
  withLarge,
} from "../../src/state/keeping";

const all: KeepingView = { keep: { kind: "all" }, large: null };

describe("the choices", () => {
  it("go there and back", () => {
    for (const choice of keepChoices(all)) expect(keepChoice(withKeep(all, choice))).toBe(choice);
    for (const choice of largeChoices(all)) expect(largeChoice(withLarge(all, choice))).toBe(choice);
  });
  it("hold what was chosen elsewhere, in its place", () => {
    const odd: KeepingView = { keep: { kind: "days", days: 60 }, large: 7 };
    expect(keepChoices(odd)).toEqual(["all", "365", "90", "60", "30", "headers"]);
    expect(largeChoices(odd)).toEqual(["off", "50", "25", "10", "7", "5"]);
  });
  it("do not touch each other", () => {
    const chosen = withLarge(withKeep(all, "90"), "25");
    expect(chosen).toEqual({ keep: { kind: "days", days: 90 }, large: 25 });
  });
});

describe("a narrower choice", () => {
  it("tells what could go, and leaves drafts and what is within it", async () => {
    const memory = openMemory();
    const month: KeepingView = { keep: { kind: "days", days: 30 }, large: null };
    const left = await memory.droppable("lena", month);
    expect(left.letters).toBeGreaterThan(0);
    await memory.setKeeping("lena", month);
    expect(await memory.dropBodies("lena"), "as many as were told").toBe(left.letters);
    expect((await memory.droppable("lena", month)).letters, "and then none is left").toBe(0);
    const drafts = [...memory.world.letters.values()].filter((letter) => letter.draft);
    expect(drafts.every((letter) => letter.bodyPresent)).toBe(true);
  });
  it("is refused where no server keeps the mail", async () => {
    const memory = openMemory();
    const month: KeepingView = { keep: { kind: "days", days: 30 }, large: null };
    await expect(memory.setKeeping("post", month)).rejects.toMatchObject({ kind: "invalid" });
    await memory.addDemo();
    await expect(memory.setKeeping("demo", all)).rejects.toMatchObject({ kind: "invalid" });
  });
  it("is a matter of large letters alone where POP3 brings the mail here", async () => {
    const memory = openMemory();
    await memory.setKeeping("post", { ...all, large: 10 });
    const post = (await memory.accounts()).find((account) => account.id === "post");
    expect(post?.keeping.large).toBe(10);
  });
});

describe("the status line", () => {
  const doing = (id: string, activity: ActivityView): AccountView => ({ ...lenaAccount(), id, activity });
  it("speaks of the account with most left to do, and of a paused one when nobody is at work", () => {
    const little = doing("little", { kind: "syncing", done: 900, total: 1000, secondsLeft: 1 });
    const much = doing("much", { kind: "syncing", done: 0, total: 66_400, secondsLeft: null });
    const paused = doing("paused", { kind: "paused", waiting: 3 });
    const calm = doing("calm", { kind: "upToDate", checkedAt: 0, shut: [] });
    const told = loudest([paused, calm, little, much]).map((account) => account.id);
    expect(told).toEqual(["much", "little", "paused"]);
  });
});

describe("a drop", () => {
  const letters: Load = {
    kind: "letters",
    emails: ["1"],
    wide: null,
    conversations: 1,
    from: null,
    threads: [],
    accounts: [],
  };
  it("copies letters only where nothing else is left", () => {
    expect(dropOperation(letters, ["move", "copy"])).toBe("move");
    expect(dropOperation(letters, ["copy"]), "Ctrl is held").toBe("copy");
    const folder: Load = { kind: "folder", mailbox: "1", account: "1", name: "Ferry" };
    expect(dropOperation(folder, ["copy"]), "folders are not copied").toBe("move");
  });
});

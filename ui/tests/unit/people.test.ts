// How a row names those who take part in its conversation, and what the engine in memory tells it.
import { expect, it } from "vitest";
import type { Listing } from "../../src/ipc/backend";
import { openMemory } from "../../src/ipc/memory";
import { noFilter } from "../../src/state/window";
import { peopleSaid } from "../../src/words/people";

/** "*Jonas" wrote the newest unread letter, "(Lena)" is oneself. */
function said(...names: string[]): string {
  const people = names.map((name) => ({
    name: name.replace(/[*()]/gu, ""),
    own: name.includes("("),
    newestUnread: name.includes("*"),
  }));
  const { lead, kept, rest } = peopleSaid({ people, avatar: "" });
  return [lead, kept, rest].filter((part) => part !== "").join("|");
}

it("the first other one is named whole, and all the others by their first name", () => {
  expect(said("Amara Okafor", "(Lena Brandt)", "Jonas Halvorsen")).toBe("Amara Okafor, Lena, Jonas");
  expect(said("(Lena Brandt)", "Amara Okafor", "Jonas Halvorsen")).toBe("Lena, Amara Okafor, Jonas");
  expect(said("(Lena Brandt)"), "a note to oneself").toBe("Lena Brandt");
  expect(said("Amara Okafor", "(lena@nordlicht.example)"), "oneself without a name").toBe("Amara Okafor, me");
  expect(said("Amara Okafor", "jonas@kustwerk.example")).toBe("Amara Okafor, jonas@kustwerk.example");
});

it("whoever wrote the newest unread letter stands apart, and is not among those who are left out", () => {
  expect(said("*Amara Okafor", "Jonas Halvorsen")).toBe("Amara Okafor, Jonas");
  expect(said("Amara Okafor", "*Jonas Halvorsen", "Mika")).toBe("Amara Okafor, |Jonas|, Mika");
  expect(said("A", "B", "C", "D", "E")).toBe("A, B, C, D, E");
  expect(said("A", "B", "C", "D", "E", "F")).toBe("A, B, C, D, E, …");
  expect(said("A", "B", "C", "D", "E", "F", "*G", "H")).toBe("A, B, C, D, … |G");
});

const list = (change: Partial<Listing> = {}): Listing => ({
  source: { kind: "mailbox", mailbox: "lena-inbox" },
  filter: noFilter,
  order: { by: "date", reversed: false },
  grouping: "conversations",
  ...change,
});

it("the engine in memory tells the whole of a conversation as the real one does", async () => {
  const engine = openMemory(new URLSearchParams());
  const pier = { thread: "pier", subject: "The pier", unread: false };
  engine.receive({ ...pier, from: "Amara <amara@kustwerk.example>" });
  engine.receive({ ...pier, from: "Lena <lena@nordlicht.example>", box: "lena-sent", name: "1@a" });
  engine.receive({ ...pier, from: "Lena <lena@nordlicht.example>", name: "1@a" });
  engine.receive({ ...pier, from: "Jonas <jonas@kustwerk.example>", box: "lena-archive", unread: true });
  engine.receive({ ...pier, from: "Mika <mika@kustwerk.example>", box: "lena-trash" });
  const row = async (change: Partial<Listing> = {}) => {
    const { rows } = await engine.page(list(change), 0, 100);
    const found = rows.find(({ thread }) => thread === "pier");
    const names = found?.people.map(({ name, own, newestUnread }) =>
      [name, own ? "own" : "", newestUnread ? "unread" : ""].filter(Boolean).join(" "),
    );
    return [names?.join(", "), found?.letters, found?.emails.length];
  };
  const whole = ["Amara, Lena own, Jonas unread", 3];
  expect(await row()).toEqual([...whole, 2]);
  expect(await row({ source: { kind: "allInboxes" } })).toEqual([...whole, 2]);
  expect(await row({ source: { kind: "search", query: "from:jonas" } })).toEqual([...whole, 1]);
  expect(await row({ source: { kind: "mailbox", mailbox: "lena-trash" } })).toEqual([
    "Amara, Lena own, Jonas unread, Mika",
    4,
    1,
  ]);
  expect((await row({ order: { by: "sender", reversed: false } }))[0]).toBe(whole[0]);
  expect((await row({ grouping: "messages" })).slice(1)).toEqual([1, 1]);
});

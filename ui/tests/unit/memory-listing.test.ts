// Lists of the engine in memory, which are to be as the real engine's are: else the browser's tests see what nobody gets.
import { beforeEach, expect, it } from "vitest";
import type { Listing } from "../../src/ipc/backend";
import { openMemory, type MemoryBackend } from "../../src/ipc/memory";
import { noFilter } from "../../src/state/window";

let engine: MemoryBackend;
const LENA = "Lena Brandt <lena@nordlicht.example>";

beforeEach(() => {
  engine = openMemory(new URLSearchParams());
});

const listing = (change: Partial<Listing>): Listing => ({
  source: { kind: "mailbox", mailbox: "lena-inbox" },
  filter: noFilter,
  order: { by: "sender", reversed: false },
  grouping: "conversations",
  ...change,
});
const names = async (change: Partial<Listing> = {}) =>
  (await engine.page(listing(change), 0, 100)).rows.map((row) =>
    row.people.map(({ name }) => name).join(", "),
  );

it("a row names whoever wrote first before the others, each address once, and is sorted by that name", async () => {
  const buoy = { box: "lena-inbox", thread: "buoy", subject: "The new buoy" };
  engine.receive({ ...buoy, from: "Aa Amara <amara@kustwerk.example>" });
  engine.receive({ ...buoy, from: "Jonas <jonas@kustwerk.example>" });
  engine.receive({ ...buoy, from: "A. O. <Amara@Kustwerk.example>" });
  const all = await names();
  expect(all[0]).toBe("Aa Amara, Jonas");
  expect(all).toContain("Amara Okafor, Lena Brandt, Jonas Halvorsen");
  const first = all.map((row) => row.split(", ")[0] ?? "");
  expect(first).toEqual([...first].sort((one, other) => one.localeCompare(other)));
});

it("what one wrote oneself names whom it goes to, also where it is found", async () => {
  const own = { from: LENA, box: "lena-sent", subject: "Wanted here" };
  engine.receive({ ...own, to: ["Zoë <zoe@island.example>"] });
  engine.receive({ ...own, to: [], bcc: ["Bea <bea@island.example>"] });
  const found = { source: { kind: "search", query: "wanted" } } as const;
  expect(await names(found)).toEqual(["Bea", "Zoë"]);
  expect(await names({ source: { kind: "mailbox", mailbox: "lena-sent" } })).toEqual(
    expect.arrayContaining(["Bea", "Zoë"]),
  );
});

it("what goes to one of the own addresses is to oneself, with a tag behind a plus too", async () => {
  const to = { box: "lena-inbox", subject: "To whom" };
  for (const address of [
    "lena+shop@nordlicht.example",
    "LENA@nordlicht.example",
    "lena-shop@nordlicht.example",
  ])
    engine.receive({ ...to, to: [`<${address}>`], text: address });
  const found = { kind: "search", query: "subject:whom" } as const;
  const { rows } = await engine.page(listing({ source: found, filter: { ...noFilter, toMe: true } }), 0, 9);
  expect(rows.map((row) => row.preview).sort()).toEqual([
    "LENA@nordlicht.example",
    "lena+shop@nordlicht.example",
  ]);
});

it("what lies in Trash is deleted for good by itself, and not along with letters that are elsewhere", async () => {
  const emails = ["lena-inbox", "lena-trash"].map((box) => engine.receive({ box, subject: "Wanted here" }));
  const { undo, affected } = await engine.perform({ kind: "delete", emails });
  expect([undo === null, affected]).toEqual([false, 1]);
  const places = () => emails.map((email) => engine.world.letters.get(email)?.mailboxes);
  expect(places()).toEqual([["lena-trash"], ["lena-trash"]]);
  await engine.perform({ kind: "delete", emails });
  expect(places()).toEqual([undefined, undefined]);
});

// The list under the cursor changes its order or is narrowed, over the engine in memory; and no key stands twice.
import { beforeEach, describe, expect, it } from "vitest";
import { commands, type Command } from "../../src/actions/commands";
import { look, toggleFilter, toggleGrouping, turnRound } from "../../src/actions/looks";
import type { RowView } from "../../src/ipc/backend";
import type { MemoryBackend } from "../../src/ipc/memory";
import { changeLook } from "../../src/state/looks";
import { fetchRow, keyOf, positionOf } from "../../src/state/rows";
import {
  chosenRows,
  extendTo,
  standAnew,
  stepBy,
  stepTo,
  useSelection,
  waitOnFirst,
} from "../../src/state/selection";
import { listingNow } from "../../src/state/window";
import { openInbox } from "./inbox";

let engine: MemoryBackend;
const cursor = () => useSelection.getState().cursor;
const listing = () => {
  const now = listingNow();
  if (now === null) throw new Error("this place has a list");
  return now;
};
/** Until it is known where the cursor stands. */
const settled = () => waitOnFirst();

beforeEach(async () => {
  engine = await openInbox();
});

describe("a list that changes under the cursor", () => {
  it("takes the cursor and the anchor along to where their row stands now", async () => {
    await stepTo(2, "only");
    const key = cursor()?.key ?? "";
    turnRound();
    expect(cursor(), "the old number is a stranger's").toBeNull();
    await settled();
    const at = await positionOf(listing(), key);
    expect(at).not.toBe(2);
    expect(cursor()).toEqual({ index: at, key });
    expect(useSelection.getState().anchor).toBe(at);
  });
  it("lets a step that comes at once begin where the row stands", async () => {
    await stepTo(2, "only");
    const key = cursor()?.key ?? "";
    look({ by: "subject" });
    await fetchRow(0);
    const at = (await positionOf(listing(), key)) ?? -1;
    turnRound();
    turnRound();
    await stepBy(1, "only");
    expect(cursor()?.index).toBe(at + 1);
    const next = await fetchRow(at + 1);
    expect(chosenRows().map((row) => keyOf(row))).toEqual([next === undefined ? "" : keyOf(next)]);
  });
  it("chooses with Shift from where the row stands, not from its old number", async () => {
    await stepTo(1, "only");
    const key = cursor()?.key ?? "";
    turnRound();
    const at = (await positionOf(listing(), key)) ?? -1;
    await extendTo(at - 1);
    expect(chosenRows()).toHaveLength(2);
    expect(useSelection.getState().chosen.has(key)).toBe(true);
  });
  it("has no cursor where a filter takes the row away, and has it again with the row", async () => {
    await stepTo(0, "only");
    let key = cursor()?.key ?? "";
    for (let index = 0; (await fetchRow(index))?.starred === true; index++) {
      await stepTo(index + 1, "only");
      key = cursor()?.key ?? "";
    }
    const before = cursor()?.index;
    toggleFilter("starred");
    await standAnew();
    expect(cursor(), "nothing is pointed at that nobody sees").toBeNull();
    expect(useSelection.getState().anchor).toBeNull();
    toggleFilter("starred");
    await settled();
    expect(cursor()).toEqual({ index: before, key });
  });
  it("does not take away what was chosen while it was looked for", async () => {
    await stepTo(3, "only");
    const asked = engine.position.bind(engine);
    let answer = () => {};
    engine.position = async (...question) => {
      await new Promise<void>((go) => (answer = go));
      return asked(...question);
    };
    turnRound();
    await fetchRow(0);
    await stepTo(0, "only");
    const here = cursor();
    answer();
    await settled();
    expect(cursor()).toEqual(here);
  });
  it("has what was open as a row of the other kind at once, also when an older answer is late", async () => {
    await stepTo(3, "only");
    const [open] = chosenRows();
    turnRound();
    toggleGrouping();
    await Promise.resolve();
    expect(chosenRows().map(({ email }) => email)).toEqual([open?.email]);
    await settled();
    const [key] = useSelection.getState().chosen.keys();
    expect(chosenRows().map(({ email }) => email)).toEqual([open?.email]);
    expect(key, "it has the key of such a row").toBe(keyOf(chosenRows()[0] as RowView, listing().grouping));
  });
  it("keeps the cursor where only the look of the rows is another", async () => {
    await stepTo(2, "only");
    const before = cursor();
    look({ density: "dense" });
    expect(cursor()).toEqual(before);
    changeLook({ kind: "starred" }, { by: "size" });
    expect(cursor(), "another place's list is not this one").toEqual(before);
  });
});

describe("the keys", () => {
  const all = Object.entries(commands as Record<string, Command>);
  it("each mean one command", () => {
    const held = all.flatMap(([, { keys }]) => keys);
    expect(held.filter((key, at) => held.indexOf(key) !== at)).toEqual([]);
    const shown = all.flatMap(([, command]) => command.shown ?? []);
    expect(shown.filter((key, at) => shown.indexOf(key) !== at)).toEqual([]);
  });
  it("are shown as they are pressed", () => {
    for (const [name, { keys, shown }] of all) {
      const [first] = keys;
      if (first === undefined || shown === undefined) continue;
      const bare = first.replace("Ctrl+", "").replace("Shift+", "");
      const shifted = /^[A-Z]$/.test(bare) || first.startsWith("Shift+") ? "Shift " : "";
      const said = bare === " " ? "Space" : bare.length === 1 ? bare.toUpperCase() : bare;
      expect(shown, name).toBe((first.startsWith("Ctrl+") ? "Ctrl " : "") + shifted + said);
    }
  });
  // Space is the list's too, which hands it on where its row is open (useListKeys).
  it("leave those of the list itself to the list", () => {
    const own = ["ArrowDown", "ArrowUp", "PageDown", "PageUp", "Home", "End", "Enter", "Escape"];
    expect(all.flatMap(([, { keys }]) => keys).filter((key) => own.includes(key))).toEqual([]);
  });
});

// Choosing more rows than are held one by one, and doing something to all of them.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { unite } from "../../src/actions/conversations";
import { archive, moveTo, remove, star, toggleRead } from "../../src/actions/letters";
import { undoNewest } from "../../src/actions/perform";
import type { MemoryBackend } from "../../src/ipc/memory";
import { CROWD, CROWD_SIZE } from "../../src/ipc/memory/crowd";
import { rowsByName, sizeOfMeant, meantNow, renewWide } from "../../src/state/meant";
import { fetchRow, keyOf, positionOf, rowsHere, totalNow } from "../../src/state/rows";
import { isDeletedSince } from "../../src/state/seen";
import {
  chooseAll,
  chooseNothing,
  countOf,
  extendTo,
  isChosen,
  putAway,
  stepBy,
  stepTo,
  toggle,
  useSelection,
} from "../../src/state/selection";
import { useToasts } from "../../src/state/toasts";
import { changed, HELD, isWide } from "../../src/state/wide";
import { listingNow, noFilter, useWindow } from "../../src/state/window";
import { forgetList, openWindow } from "./inbox";

let engine: MemoryBackend;
const chosen = () => countOf(useSelection.getState());
const isRowChosen = (index: number) => isChosen(useSelection.getState(), index, `${CROWD}-${index}`);
const said = () => useToasts.getState().toast?.text;

/** The list is asked for anew, as the pane does when it hears of a change. */
async function again(): Promise<void> {
  forgetList();
  await fetchRow(0);
}

async function toggleAt(index: number): Promise<void> {
  const row = await fetchRow(index);
  if (row === undefined) throw new Error(`There is no row ${index}.`);
  toggle(row, index);
}

beforeEach(async () => {
  engine = openWindow();
  engine.world.mailboxes.push({
    id: CROWD,
    account: "lena",
    parent: null,
    name: "Crowd",
    role: null,
    selectable: true,
  });
  useWindow.setState({ place: { kind: "mailbox", mailbox: CROWD }, filter: noFilter });
  await again();
});

describe("a choice that names its list", () => {
  it("has all of a million rows, and asks for none of them", async () => {
    const page = vi.spyOn(engine, "page");
    await chooseAll();
    expect(chosen()).toBe(CROWD_SIZE);
    expect(page).not.toHaveBeenCalled();
    expect(isRowChosen(999_999)).toBe(true);
  });

  it("goes from the middle to the end, and the other way", async () => {
    await stepTo(499_999, "only");
    await stepTo(CROWD_SIZE - 1, "extend");
    expect(chosen()).toBe(500_001);
    expect([isRowChosen(499_998), isRowChosen(499_999), isRowChosen(999_999)]).toEqual([false, true, true]);
    await stepTo(0, "extend");
    expect(chosen()).toBe(500_000);
    expect([isRowChosen(0), isRowChosen(499_999), isRowChosen(500_000)]).toEqual([true, true, false]);
  });

  it("loses rows one by one, and gets them back, and others beside it", async () => {
    await chooseAll();
    await toggleAt(3);
    await toggleAt(700_000);
    expect([chosen(), isRowChosen(3), isRowChosen(700_000)]).toEqual([CROWD_SIZE - 2, false, false]);
    await toggleAt(3);
    expect([chosen(), isRowChosen(3)]).toEqual([CROWD_SIZE - 1, true]);
    await stepTo(10, "only");
    await extendTo(5_009);
    await toggleAt(9_000);
    expect([chosen(), isRowChosen(9_000), isRowChosen(8_999)]).toEqual([5_001, true, false]);
    await toggleAt(9_000);
    expect(chosen()).toBe(5_000);
  });

  it("takes a short range in beside it, and says that a long one stands alone", async () => {
    await chooseAll();
    for (const index of [2, 3, 4]) await toggleAt(index);
    await extendTo(2, "keep");
    expect(chosen()).toBe(CROWD_SIZE);
    await stepTo(5, "only");
    await toggleAt(7);
    await extendTo(HELD + 100, "keep");
    expect(chosen()).toBe(HELD + 94);
    expect(said()).toContain("1,000");
  });

  it("holds what is few one by one, as ever", async () => {
    await stepTo(5, "only");
    await extendTo(5 + HELD - 1);
    expect(useSelection.getState()).toMatchObject({ wide: null });
    expect(chosen()).toBe(HELD);
  });

  it("is over when one row is chosen, or another list is shown", async () => {
    await chooseAll();
    await stepBy(1, "only");
    expect([chosen(), useSelection.getState().cursor?.index]).toEqual([1, 1]);
    await chooseAll();
    putAway();
    expect(chosen()).toBe(0);
  });

  it("keeps its end by the row within when that row leaves the list", async () => {
    await stepTo(10, "only");
    await extendTo(5_009);
    const listing = listingNow();
    const { wide } = useSelection.getState();
    if (wide === null || listing === null) throw new Error("It is not chosen by its list.");
    const stood = rowsHere(listing);
    engine.world.crowd = {
      ...engine.world.crowd,
      there: [
        [1, 10],
        [11, CROWD_SIZE],
      ],
    };
    await again();
    const ends = await changed(wide, stood, (key) => positionOf(listing, key));
    await renewWide(wide, ends);
    expect(useSelection.getState().wide).toMatchObject({
      first: { index: 9, key: `${CROWD}-11` },
      last: { index: 5_007, key: `${CROWD}-5009` },
    });
    expect(chosen()).toBe(4_999);
  });

  it("finds its ends again in a list that has changed, though a row was taken from it meanwhile", async () => {
    await stepTo(10, "only");
    await extendTo(5_009);
    const listing = listingNow();
    const { wide } = useSelection.getState();
    if (wide === null || listing === null) throw new Error("It is not chosen by its list.");
    await toggleAt(20);
    engine.world.crowd = { ...engine.world.crowd, there: [[5, CROWD_SIZE]] };
    await again();
    await renewWide(wide, await changed(wide, [], (key) => positionOf(listing, key)));
    expect(useSelection.getState().wide).toMatchObject({ first: { index: 5 }, last: { index: 5_004 } });
    expect([chosen(), isChosen(useSelection.getState(), 15, `${CROWD}-20`)]).toEqual([4_999, false]);
  });

  it("is given up where an end has left and nobody knows what stood beside it", async () => {
    await stepTo(10, "only");
    await extendTo(5_009);
    const listing = listingNow();
    const { wide } = useSelection.getState();
    if (wide === null || listing === null) throw new Error("It is not chosen by its list.");
    // Others have left with the end: its number is that of a row far below what was chosen.
    engine.world.crowd = {
      ...engine.world.crowd,
      there: [
        [0, 4_900],
        [5_100, CROWD_SIZE],
      ],
    };
    await again();
    await renewWide(wide, await changed(wide, [], (key) => positionOf(listing, key)));
    expect(chosen()).toBe(0);
  });

  it("does not come after whoever has chosen something else, or gone to another list, while it was asked for", async () => {
    engine.world.crowd = { ...engine.world.crowd, there: [[0, 300]] };
    await again();
    const all = chooseAll();
    await stepTo(2, "only");
    await all;
    expect([chosen(), isRowChosen(2)]).toEqual([1, true]);
    forgetList();
    await fetchRow(0);
    const late = chooseAll();
    useWindow.setState({ place: { kind: "allInboxes" } });
    chooseNothing();
    await late;
    expect(chosen(), "rows of a list that nobody sees").toBe(0);
  });
});

describe("what is done to it", () => {
  it("is deleted as a whole but for what was left out, and comes back", async () => {
    const before = await fetchRow(5);
    await chooseAll();
    await toggleAt(3);
    await remove();
    expect(said()).toBe("Moved 999,999 letters to Trash");
    await again();
    expect(totalNow()).toBe(1);
    expect(await fetchRow(0).then((row) => row && keyOf(row))).toBe(`${CROWD}-3`);
    expect(chosen()).toBe(0);
    expect(before && isDeletedSince(before), "a row that was seen before is in Trash by now").toBe(true);
    await undoNewest();
    await again();
    expect(totalNow()).toBe(CROWD_SIZE);
    expect(before && isDeletedSince(before)).toBe(false);
  });

  it("names the list to the engine, and no letters", async () => {
    const performed = vi.spyOn(engine, "performListed");
    await stepTo(10, "only");
    await extendTo(20_009);
    await moveTo("lena-archive", "Archive");
    expect(performed.mock.calls[0]).toEqual([
      expect.objectContaining({ first: `${CROWD}-10`, last: `${CROWD}-20009`, except: [], also: [] }),
      { kind: "move", emails: [], from: CROWD, to: "lena-archive" },
      expect.any(String),
    ]);
    expect(said()).toBe("Moved 20,000 letters to Archive");
  });

  it("turns marks round, for the newest letter of each where they come back", async () => {
    const performed = vi.spyOn(engine, "performListed");
    await chooseAll();
    await toggleRead();
    expect(performed.mock.lastCall?.slice(0, 2)).toMatchObject([{ newest: false }, { add: ["$seen"] }]);
    expect(chosen(), "they stay chosen").toBe(CROWD_SIZE);
    await again();
    expect((await fetchRow(0))?.unread).toBe(false);
    await toggleRead();
    expect(performed.mock.lastCall?.slice(0, 2)).toMatchObject([{ newest: true }, { remove: ["$seen"] }]);
    await star();
    expect(performed.mock.lastCall?.slice(0, 2)).toMatchObject([{ newest: true }, { add: ["$flagged"] }]);
    await again();
    await star();
    expect(performed.mock.lastCall?.slice(0, 2)).toMatchObject([{ newest: false }, { remove: ["$flagged"] }]);
  });

  it("stays chosen where it was refused, and says why", async () => {
    vi.spyOn(engine, "performListed").mockRejectedValueOnce({ kind: "store", sentence: "The disk is full." });
    await chooseAll();
    await archive();
    expect(said()).toBe("The disk is full.");
    expect(sizeOfMeant(meantNow())).toBe(CROWD_SIZE);
    expect(isWide(meantNow())).toBe(true);
  });

  it("says how much of it was done when it was stopped, and that can be undone", async () => {
    vi.spyOn(engine, "performListed").mockResolvedValueOnce({
      undo: engine.world.remember(() => undefined),
      affected: 1_500,
      left: 998_500,
      failure: null,
    });
    await chooseAll();
    await archive();
    expect(said()).toBe("Moved 1,500 letters to Archive. 998,500 letters are as they were.");
    await undoNewest();
    expect(said()).toBe("Undone: Moved 1,500 letters to Archive");
  });

  it("has a limit where each row is meant by name", async () => {
    const performed = vi.spyOn(engine, "perform");
    await chooseAll();
    await unite();
    expect(said()).toBe("That can be done to 10,000 at once at most");
    expect(performed).not.toHaveBeenCalled();
    await stepTo(0, "only");
    await extendTo(1_999);
    expect(await rowsByName()).toHaveLength(2_000);
  });
});

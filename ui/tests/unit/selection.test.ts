// Choosing conversations and acting on them, over the engine in memory.
import { beforeEach, describe, expect, it } from "vitest";
import { archive, star, toggleRead } from "../../src/actions/letters";
import { undoNewest } from "../../src/actions/perform";
import type { MemoryBackend } from "../../src/ipc/memory";
import { fetchRow, useEdition } from "../../src/state/rows";
import {
  chooseAll,
  chosenRows,
  extendTo,
  openThread,
  stepBy,
  stepTo,
  toggleCursor,
  useSelection,
} from "../../src/state/selection";
import { useToasts } from "../../src/state/toasts";
import { noFilter, useWindow } from "../../src/state/window";
import { forgetList, openInbox } from "./inbox";

let engine: MemoryBackend;
const subjects = () => chosenRows().map((row) => row.subject);
const inbox = {
  source: { kind: "allInboxes" },
  filter: noFilter,
  order: { by: "date", reversed: false },
  grouping: "conversations",
} as const;

beforeEach(async () => {
  engine = await openInbox();
});

describe("the selection", () => {
  it("starts at the first row and goes with the cursor", async () => {
    await stepBy(1, "only");
    expect(useSelection.getState().cursor?.index).toBe(0);
    await stepBy(1, "only");
    expect(subjects()).toEqual(["Winter timetable from 1 December"]);
    expect(openThread(useSelection.getState())).not.toBeNull();
  });
  it("takes a step that comes while the list is being fetched", async () => {
    useWindow.setState({ place: { kind: "starred" } });
    forgetList();
    await stepBy(1, "only");
    expect(useSelection.getState().cursor?.index).toBe(0);
    expect(subjects()).toHaveLength(1);
  });

  it("still moves in a list that a search without results has covered", async () => {
    const total = useEdition.getState().total;
    useWindow.getState().search("no letter has these words");
    await fetchRow(0);
    expect(useEdition.getState().total).toBe(0);
    await stepBy(1, "only");
    expect(subjects()).toEqual([]);
    useWindow.getState().search("");
    await stepBy(1, "only");
    expect(chosenRows()).toHaveLength(1);
    await stepTo(99_999, "only");
    expect(useSelection.getState().cursor?.index).toBe((total ?? 0) - 1);
  });
  it("does not go beyond the ends", async () => {
    await stepTo(-5, "only");
    expect(useSelection.getState().cursor?.index).toBe(0);
    await stepTo(99_999, "only");
    expect(useSelection.getState().cursor?.index).toBe((useEdition.getState().total ?? 0) - 1);
  });
  it("grows and shrinks around its anchor", async () => {
    await stepTo(3, "only");
    await extendTo(5);
    expect(chosenRows()).toHaveLength(3);
    await extendTo(2);
    expect(chosenRows()).toHaveLength(2);
    expect(openThread(useSelection.getState()), "several are not one").toBeNull();
  });
  it("takes and leaves single rows", async () => {
    await stepTo(0, "only");
    await stepTo(2, "cursor");
    toggleCursor();
    expect(chosenRows()).toHaveLength(2);
    toggleCursor();
    expect(chosenRows()).toHaveLength(1);
  });
  it("can hold everything", async () => {
    await chooseAll();
    expect(chosenRows()).toHaveLength(useEdition.getState().total ?? -1);
  });
});

describe("what is done with it", () => {
  it("archives all letters of the conversation, says so, and takes it back", async () => {
    await stepTo(0, "only");
    const [row] = chosenRows();
    await archive();
    expect(await engine.position(inbox, row?.thread ?? "", null)).toBeNull();
    expect(useToasts.getState().toast?.text).toBe("Archived 1 conversation");
    const leaving = [...(useSelection.getState().leaving ?? [])];
    expect(leaving, "the next one will be chosen").toEqual([row?.thread]);
    await undoNewest();
    expect(await engine.position(inbox, row?.thread ?? "", null)).toBe(0);
  });
  it("puts a star on the newest letter and takes it from all", async () => {
    await stepTo(0, "only");
    const before = chosenRows()[0];
    await star();
    const thread = before?.thread ?? "";
    expect((await engine.conversation(thread)).map((letter) => letter.starred)).toEqual([
      false,
      false,
      false,
      true,
    ]);
    await star([{ ...(before as NonNullable<typeof before>), starred: true }]);
    expect((await engine.conversation(thread)).some((letter) => letter.starred)).toBe(false);
  });
  it("marks an unread conversation read, and only its newest letter unread", async () => {
    await stepTo(0, "only");
    const before = chosenRows()[0];
    await toggleRead();
    expect((await engine.conversation(before?.thread ?? "")).some((letter) => letter.unread)).toBe(false);
    await toggleRead([{ ...(before as NonNullable<typeof before>), unread: false }]);
    expect((await engine.conversation(before?.thread ?? "")).map((letter) => letter.unread)).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });
  it("says in the engine's words why something was refused", async () => {
    await stepTo(0, "only");
    engine.perform = () => Promise.reject({ kind: "diskFull", sentence: "The disk is full.", detail: null }); // eslint-disable-line @typescript-eslint/prefer-promise-reject-errors
    await archive();
    expect(useToasts.getState().toast).toMatchObject({ text: "The disk is full.", tone: "failed" });
  });
  it("has nothing to undo when nothing was done", async () => {
    await undoNewest();
    expect(useToasts.getState().toast?.text).toBe("There is nothing to undo");
  });
});

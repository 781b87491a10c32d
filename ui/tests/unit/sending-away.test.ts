// Letters that are sent away are not there to be sent away once more: a second press must not delete for good.
import { beforeEach, describe, expect, it } from "vitest";
import { archive, remove } from "../../src/actions/letters";
import { nextUnread } from "../../src/actions/nextUnread";
import { undoNewest } from "../../src/actions/perform";
import { standIn } from "../../src/actions/letterWindow";
import { setBackend } from "../../src/ipc";
import type { MemoryBackend } from "../../src/ipc/memory";
import { client } from "../../src/state/client";
import { fetchRow } from "../../src/state/rows";
import { chosenRows, stepTo, useSelection } from "../../src/state/selection";
import { noFilter } from "../../src/state/window";
import { forgetList, openInbox } from "./inbox";

let engine: MemoryBackend;

beforeEach(async () => {
  engine = await openInbox();
});

describe("a second press", () => {
  it("before the list has followed deletes nothing for good", async () => {
    await stepTo(0, "only");
    const [row] = chosenRows();
    await remove();
    expect(chosenRows(), "nothing has followed yet").toEqual([row]);
    await remove();
    for (const email of row?.emails ?? []) expect(engine.world.letters.has(email), email).toBe(true);
    await undoNewest();
    const back = await fetchRow(0);
    expect(back?.email, "one deed is taken back by one Undo").toBe(row?.email);
  });

  it("is a new deed where the first one was refused", async () => {
    await stepTo(0, "only");
    const [row] = chosenRows();
    setBackend({ ...engine, perform: () => Promise.reject(new Error("no")) });
    await remove();
    setBackend(engine);
    await remove();
    const letter = engine.world.letter(row?.email ?? "");
    expect(letter.mailboxes.map((id) => engine.world.mailbox(id).role)).toEqual(["trash"]);
  });

  it("leaves in Trash what somebody else has put there before the list followed", async () => {
    await stepTo(0, "only");
    const [row] = chosenRows();
    const emails = row?.emails ?? [];
    // Another device, of which the list has not heard.
    for (const email of emails) {
      const letter = engine.world.letter(email);
      letter.mailboxes = [engine.world.roleMailbox(letter.account, "trash").id];
    }
    await remove();
    expect(emails.length).toBeGreaterThan(0);
    for (const email of emails) expect(engine.world.letters.has(email), email).toBe(true);
  });

  it("finds nothing chosen in a window whose list does not have the letter", async () => {
    for (const deed of [remove, archive]) {
      const [away] = [...engine.world.letters.values()].filter(
        (letter) => engine.world.thread(letter.thread).length === 1,
      );
      if (away === undefined) throw new Error("There is a letter that stands alone.");
      away.mailboxes = [engine.world.roleMailbox(away.account, "sent").id];
      const list = JSON.stringify({ place: { kind: "allInboxes" }, filter: noFilter });
      await standIn({ thread: away.thread, email: null, list });
      expect(chosenRows()).toHaveLength(1);
      expect(useSelection.getState().cursor).toBeNull();
      await deed();
      expect(chosenRows(), "the window closes").toEqual([]);
      await remove();
      expect(engine.world.letters.has(away.id)).toBe(true);
    }
  });

  it("goes on to what is unread in a list that does not have the letter and that nobody has asked for", async () => {
    const [away] = engine.world.letters.values();
    if (away === undefined) throw new Error("There is a letter.");
    for (const letter of engine.world.thread(away.thread))
      letter.mailboxes = [engine.world.roleMailbox(away.account, "sent").id];
    client.clear();
    forgetList();
    const list = JSON.stringify({ place: { kind: "allInboxes" }, filter: noFilter });
    await standIn({ thread: away.thread, email: null, list });
    await nextUnread();
    expect(chosenRows().map(({ unread }) => unread)).toEqual([true]);
    expect(chosenRows()[0]?.thread).not.toBe(away.thread);
  });
});

// A letter within a letter is answered as what it is: in the main window its sheet makes room, and a letter's own window says to the
// main window which one is meant. And the way from it to the letter around it.
import { afterEach, expect, it, vi } from "vitest";
import { respond } from "../../src/actions/compose";
import { showAround } from "../../src/actions/nested";
import { setBackend } from "../../src/ipc";
import { openMemory } from "../../src/ipc/memory";
import { useComposers } from "../../src/state/composers";
import { letterWithin } from "../../src/state/letterRef";
import { beLetterWindow } from "../../src/state/letterWindow";
import { useWindow, type Question, type Sheet } from "../../src/state/window";

afterEach(() => {
  beLetterWindow(false);
  useWindow.setState({ question: null });
});

function opened() {
  const memory = openMemory();
  setBackend(memory);
  const email = memory.receive({
    subject: "Passed on",
    files: [["within.eml", "message/rfc822", 4_000]],
    within: { "2": { from: "Amara <amara@kustwerk.example>", subject: "Within" } },
  });
  const back = null;
  useWindow.setState({
    question: { kind: "nested", email, part: "2", archive: false, name: "within.eml", back },
  });
  return { memory, email };
}

it("begins an answer to the letter within, in place of its sheet", async () => {
  const { email } = opened();
  await respond(letterWithin(email, "2"), "reply");
  expect(useWindow.getState().question).toBeNull();
  const written = useComposers.getState().open.at(-1)?.content;
  expect(written).toMatchObject({ subject: "Re: Within", to: [{ email: "amara@kustwerk.example" }] });
});

it("is handed over from a letter's own window, where it stays open", async () => {
  const { memory, email } = opened();
  beLetterWindow(true);
  await respond(letterWithin(email, "2"), "forward");
  expect(memory.handed).toEqual([{ email, part: "2", kind: "forward" }]);
  expect(useWindow.getState().question?.kind).toBe("nested");
});

it("leads to the letter around it, past the archive that it stands in", async () => {
  const { memory, email } = opened();
  const archive = (back: Question | null): Sheet => ({
    kind: "nested",
    email,
    part: "2",
    archive: true,
    name: "old.mbox",
    back,
  });
  const fifth = (back: Question | null) => {
    const question: Question = { kind: "nested", email, part: "2/#5", archive: false, name: "5", back };
    useWindow.setState({ question });
    showAround();
    return useWindow.getState().question;
  };
  expect(fifth(archive(null)), "it stands behind the sheets").toBeNull();
  const outer: Question = { kind: "nested", email, part: "1", archive: false, name: "outer", back: null };
  expect(fifth(archive(outer))).toBe(outer);
  const alone = vi.spyOn(memory, "openLetter").mockResolvedValue();
  const browser: Question = {
    kind: "files",
    source: { kind: "mailboxes", mailboxes: [] },
    name: "Inbox",
    back: null,
  };
  expect(fifth(archive(browser))?.kind, "the browser of files has no letter behind it").toBe("nested");
  await vi.waitFor(() => expect(alone).toHaveBeenCalledOnce());
  expect(alone.mock.calls[0]?.[0].email).toBe(email);
});

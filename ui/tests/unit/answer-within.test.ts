// A letter within a letter is answered as what it is: in the main window its sheet makes room, and a letter's own window says to the
// main window which one is meant.
import { afterEach, expect, it } from "vitest";
import { respond } from "../../src/actions/compose";
import { setBackend } from "../../src/ipc";
import { openMemory } from "../../src/ipc/memory";
import { useComposers } from "../../src/state/composers";
import { letterWithin } from "../../src/state/letterRef";
import { beLetterWindow } from "../../src/state/letterWindow";
import { useWindow } from "../../src/state/window";

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

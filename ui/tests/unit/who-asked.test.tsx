// Who a letter is from comes with it, or is asked when the letter is here: before, nobody would be known to vouch, and that answer would stay.
import { QueryClientProvider } from "@tanstack/react-query";
import { act, render } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { setBackend } from "../../src/ipc";
import { openMemory, type MemoryBackend } from "../../src/ipc/memory";
import { client } from "../../src/state/client";
import { OpenLetter } from "../../src/views/main/reading/OpenLetter";

it("asks who a letter is from, where that did not come with it, once the letter is here, and not before", async () => {
  const observer = class {
    observe() {}
    disconnect() {}
  };
  vi.stubGlobal("IntersectionObserver", observer);
  vi.stubGlobal("ResizeObserver", observer);
  const engine = openMemory(new URLSearchParams());
  const who = vi.fn<MemoryBackend["who"]>((email) => engine.who(email));
  let come: () => void = () => undefined;
  const here = new Promise<void>((done) => (come = done));
  const body = vi.fn<MemoryBackend["body"]>(async (...asked) => {
    await here;
    // It took longer than the letter to find out.
    return { ...(await engine.body(...asked)), who: null };
  });
  setBackend({ ...engine, who, body });
  const [some] = engine.world.letters.values();
  if (some === undefined) throw new Error("There are letters.");
  const letter = (await engine.conversation(some.thread)).find(({ id }) => id === some.id);
  if (letter === undefined) throw new Error("It is in its conversation.");
  render(
    <QueryClientProvider client={client}>
      <OpenLetter letter={letter} today={0} onSeen={() => undefined} />
    </QueryClientProvider>,
  );
  await vi.waitFor(() => expect(body).toHaveBeenCalled());
  expect(who, "the letter is still on its way").not.toHaveBeenCalled();
  await act(async () => {
    come();
    await here;
  });
  await vi.waitFor(() => expect(who).toHaveBeenCalledWith(letter.id));
});

// A letter that was made ready counts as opened once it is shown, and not before.
import { QueryClientProvider } from "@tanstack/react-query";
import { renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { beforeEach, expect, it, vi } from "vitest";
import { setBackend } from "../../src/ipc";
import type { LookView } from "../../src/ipc/backend";
import { openMemory, type MemoryBackend } from "../../src/ipc/memory";
import { bodyQuery, makeReady, useBody } from "../../src/state/bodies";
import { client } from "../../src/state/client";

const LOOK: LookView = { dark: false, darkAround: false, remoteImages: false, plain: false, charset: null };

let engine: MemoryBackend;
const body = vi.fn<MemoryBackend["body"]>();
const bodyAhead = vi.fn<MemoryBackend["bodyAhead"]>();
const around = ({ children }: { children: ReactNode }) => (
  <QueryClientProvider client={client}>{children}</QueryClientProvider>
);

/** Some letter, by its id. */
function letter(): string {
  const [id] = engine.world.letters.keys();
  if (id === undefined) throw new Error("There are letters.");
  return id;
}

beforeEach(() => {
  client.clear();
  engine = openMemory(new URLSearchParams());
  body.mockReset().mockImplementation((...asked) => engine.body(...asked));
  bodyAhead.mockReset().mockImplementation((...asked) => engine.bodyAhead(...asked));
  setBackend({ ...engine, body, bodyAhead });
});

it("is not opened by being made ready, and is once when it is shown", async () => {
  await makeReady(letter(), LOOK);
  expect(body, "nobody has opened it").not.toHaveBeenCalled();
  const { result, unmount } = renderHook(() => useBody(letter(), LOOK), { wrapper: around });
  expect(result.current.data, "it is here").toBeDefined();
  await vi.waitFor(() => expect(body).toHaveBeenCalledExactlyOnceWith(letter(), LOOK));
  unmount();
  renderHook(() => useBody(letter(), LOOK), { wrapper: around });
  expect(body, "it is opened").toHaveBeenCalledTimes(1);
});

it("is not made ready where it would have to be fetched", async () => {
  bodyAhead.mockResolvedValue(null);
  await makeReady(letter(), LOOK);
  expect(client.getQueryState(bodyQuery(letter(), LOOK).queryKey)).toBeUndefined();
});

it("is not made ready where it was opened meanwhile", async () => {
  let answer: () => void = () => undefined;
  bodyAhead.mockImplementation(async (...asked) => {
    await new Promise<void>((done) => (answer = done));
    return { ...(await engine.body(...asked)), document: "as it was before" };
  });
  const ready = makeReady(letter(), LOOK);
  const opened = await client.query(bodyQuery(letter(), LOOK));
  answer();
  await ready;
  expect(client.getQueryData(bodyQuery(letter(), LOOK).queryKey)).toEqual(opened);
});

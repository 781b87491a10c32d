// Servers are asked once for each search that is looked at, and again where they could not be asked.
import { beforeEach, expect, it, vi } from "vitest";
import { setBackend } from "../../src/ipc";
import type { FoundThereView } from "../../src/ipc/backend";
import { openMemory, type MemoryBackend } from "../../src/ipc/memory";
import { askServers, useFoundThere } from "../../src/state/foundThere";

const asked = vi.fn<MemoryBackend["searchOnServers"]>();
const found = (failed: FoundThereView["failed"] = []): FoundThereView => ({ emails: [], unknown: 3, failed });

beforeEach(() => {
  useFoundThere.setState({ query: "", asking: false, found: null, emails: new Set() });
  asked.mockReset();
  setBackend({ ...openMemory(new URLSearchParams()), searchOnServers: asked });
});

it("asks once while nothing else is looked at, also while it is still asking", async () => {
  asked.mockResolvedValue(found());
  await Promise.all([askServers("lamp"), askServers("lamp")]);
  await askServers("lamp");
  await askServers("lamp ");
  expect(asked, "a space or Enter says nothing to a server").toHaveBeenCalledExactlyOnceWith("lamp");
  expect(useFoundThere.getState().found?.unknown).toBe(3);
});

it("asks the same again where asking failed", async () => {
  asked.mockRejectedValueOnce({ code: "offline", sentence: "There is no network." });
  asked.mockResolvedValue(found());
  await askServers("lamp");
  expect(useFoundThere.getState(), "nothing is shown as asked").toMatchObject({ query: "", asking: false });
  await askServers("lamp");
  expect(asked).toHaveBeenCalledTimes(2);
  expect(useFoundThere.getState()).toMatchObject({ query: "lamp", asking: false, found: found() });
});

it("asks the same again where one of the servers could not be asked", async () => {
  asked.mockResolvedValueOnce(found([{ account: "work", sentence: "It is away." }]));
  asked.mockResolvedValue(found());
  await askServers("lamp");
  await askServers("lamp");
  expect(asked).toHaveBeenCalledTimes(2);
  expect(useFoundThere.getState().found?.failed).toEqual([]);
});

it("leaves to a later search what is shown", async () => {
  let fail: (reason: unknown) => void = () => undefined;
  asked.mockImplementationOnce(() => new Promise((_, reject) => (fail = reject)));
  asked.mockResolvedValue(found());
  const first = askServers("lamp");
  await askServers("boat");
  fail({ code: "offline", sentence: "There is no network." });
  await first;
  expect(useFoundThere.getState().query).toBe("boat");
});

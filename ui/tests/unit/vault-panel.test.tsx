// Where a first password is kept: the question of the keyring may have been turned down by mistake, so that it can be put again before
// anything takes its place.
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";
import { setBackend } from "../../src/ipc";
import type { VaultView } from "../../src/ipc/backend";
import { openMemory, type MemoryBackend } from "../../src/ipc/memory";
import { VaultPanel } from "../../src/views/setup/VaultPanel";

const REFUSED = "The system's keyring could not be used: it is locked, and was not unlocked when it asked";
const refused = (keptBy: "keyring" | null): VaultView => ({ kind: "unavailable", reason: REFUSED, keptBy });
const open: VaultView = { kind: "open", keeper: "keyring", keptBy: "keyring", typed: [] };

let engine: MemoryBackend;

beforeEach(() => {
  engine = openMemory(new URLSearchParams());
  setBackend(engine);
});

it("a keyring that was refused is asked again before another place is chosen", async () => {
  const ask = vi
    .spyOn(engine, "askKeyringAgain")
    .mockResolvedValueOnce(refused(null))
    .mockResolvedValue(open);
  const onOpened = vi.fn();
  render(<VaultPanel vault={refused(null)} onClose={() => undefined} onOpened={onOpened} />);
  expect(screen.getByText(/was not unlocked when it asked/), "why").toBeTruthy();
  expect(screen.queryByText("The keyring has lost the key…"), "it has had none").toBeNull();
  fireEvent.click(screen.getByText("Ask the keyring again"));
  await screen.findByText(/^It still does not open/);
  fireEvent.click(screen.getByText("Ask the keyring again"));
  await waitFor(() => expect(onOpened).toHaveBeenCalledWith(open));
  expect(ask).toHaveBeenCalledTimes(2);
});

it("a passphrase is asked for where there is one, and no keyring", () => {
  render(<VaultPanel vault={{ kind: "locked" }} onClose={() => undefined} onOpened={() => undefined} />);
  expect(screen.queryByText("Ask the keyring again")).toBeNull();
});

it("a keyring that holds passwords may have lost its key", () => {
  render(<VaultPanel vault={refused("keyring")} onClose={() => undefined} onOpened={() => undefined} />);
  expect(screen.getByText("The keyring has lost the key…")).toBeTruthy();
});

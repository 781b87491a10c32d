// Whoever shuts the sheet while the door for the browser is being opened wants nothing of it any more.
import { QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi, type MockInstance } from "vitest";
import { grant } from "../../src/actions/oauth";
import { setBackend } from "../../src/ipc";
import type { SignInBegunView } from "../../src/ipc/backend";
import { openMemory, type MemoryBackend } from "../../src/ipc/memory";
import { lenaAccount } from "../../src/ipc/memory/accounts";
import { client } from "../../src/state/client";
import { BrowserSignIn } from "../../src/views/accounts/BrowserSignIn";

const BEGUN = { id: "7", address: "https://login.nordlicht.example/authorize?state=x" };
const offer = { provider: "Nordlicht", ready: true, ownClient: null, appPassword: null };

let engine: MemoryBackend;
let open: (begun: SignInBegunView) => void;
let signedIn: () => void;
let begin: MockInstance<MemoryBackend["beginSignInAgain"]>;
let wait: MockInstance<MemoryBackend["awaitSignIn"]>;
let giveUp: MockInstance<MemoryBackend["giveUpSignIn"]>;
let keep: MockInstance<MemoryBackend["signedInAgain"]>;
const opened = () => engine.browsers.opened;

beforeEach(() => {
  client.clear();
  engine = openMemory(new URLSearchParams());
  const door = new Promise<SignInBegunView>((resolve) => (open = resolve));
  const browser = new Promise<null>((resolve) => (signedIn = () => resolve(null)));
  vi.spyOn(engine, "beginSignIn").mockReturnValue(door);
  begin = vi.spyOn(engine, "beginSignInAgain").mockReturnValue(door);
  wait = vi.spyOn(engine, "awaitSignIn").mockImplementation(() => browser.then(() => undefined));
  giveUp = vi.spyOn(engine, "giveUpSignIn");
  keep = vi.spyOn(engine, "signedInAgain");
  setBackend(engine);
});

function sheet(onClose: () => void) {
  return render(
    <QueryClientProvider client={client}>
      <BrowserSignIn
        door={{ kind: "incoming" }}
        host={null}
        account={lenaAccount()}
        offer={offer}
        onPassword={() => undefined}
        onClose={onClose}
      />
    </QueryClientProvider>,
  );
}

const press = () => fireEvent.click(screen.getByRole("button", { name: "Open the browser" }));

describe("a sheet that is shut", () => {
  it("while the door is being opened opens no page and signs nobody in", async () => {
    const onClose = vi.fn();
    const { unmount } = sheet(onClose);
    press();
    await waitFor(() => expect(begin).toHaveBeenCalled());
    unmount();
    open(BEGUN);
    await waitFor(() => expect(giveUp).toHaveBeenCalledWith(BEGUN.id));
    expect(opened()).toEqual([]);
    expect(wait).not.toHaveBeenCalled();
    expect(keep).not.toHaveBeenCalled();
    expect(onClose).not.toHaveBeenCalled();
  });

  it("in the moment in which the browser comes back keeps nothing", async () => {
    const { unmount } = sheet(() => undefined);
    press();
    open(BEGUN);
    await waitFor(() => expect(opened()).toEqual([BEGUN.address]));
    unmount();
    signedIn();
    await waitFor(() => expect(giveUp).toHaveBeenCalledWith(BEGUN.id));
    await new Promise((resolve) => setTimeout(resolve));
    expect(keep).not.toHaveBeenCalled();
  });

  it("not at all has the account sign in and shuts itself", async () => {
    const onClose = vi.fn();
    sheet(onClose);
    press();
    open(BEGUN);
    await waitFor(() => expect(opened()).toEqual([BEGUN.address]));
    signedIn();
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(keep).toHaveBeenCalledWith(lenaAccount().id, { kind: "incoming" }, BEGUN.id);
  });
});

describe("a new account", () => {
  it("that nobody adds any more has its door shut, and no page is opened", async () => {
    let wanted = true;
    const began = vi.fn();
    const question = { email: "", usernames: [], hosts: [], issuer: null, client: null };
    const outcome = grant(question, { wanted: () => wanted, began });
    wanted = false;
    open(BEGUN);
    expect(await outcome).toEqual({ kind: "stopped" });
    expect(giveUp).toHaveBeenCalledWith(BEGUN.id);
    expect(opened()).toEqual([]);
    expect(began).not.toHaveBeenCalled();
  });
});

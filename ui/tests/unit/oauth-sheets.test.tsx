// The sheets of an account that ask the browser: other servers, signing in again, and an address with a server of its own. What was
// granted is asked for once, for the servers that it is for, and not again unless something of it has changed.
import { QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import type { ReactElement } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { setBackend } from "../../src/ipc";
import type { AccountView, IdentityView, TriedView } from "../../src/ipc/backend";
import { openMemory, type MemoryBackend } from "../../src/ipc/memory";
import { client } from "../../src/state/client";
import type { Side } from "../../src/state/servers";
import { ServersSheet } from "../../src/views/accounts/ServersSheet";
import { SignInSheet } from "../../src/views/accounts/SignInSheet";
import { IdentitySheet } from "../../src/views/settings/IdentitySheet";

let engine: MemoryBackend;

beforeEach(() => {
  client.clear();
  engine = openMemory(new URLSearchParams());
  setBackend(engine);
});

const lena = async (): Promise<AccountView> => {
  const [account] = await engine.accounts();
  if (account === undefined) throw new Error("lena has an account");
  return account;
};

const show = (sheet: ReactElement) =>
  render(<QueryClientProvider client={client}>{sheet}</QueryClientProvider>);

// By what stands on them: to look for roles takes jsdom seconds in a sheet of this size.
const press = (name: string) => fireEvent.click(screen.getByText(name, { selector: "button" }));
const write = (field: Element | null, value: string) =>
  fireEvent.change(field ?? document.body, { target: { value } });
const host = (side: Side) => document.querySelector(`input[name="${side}Host"]`);

/** The person in the browser agrees, as soon as they are asked. */
async function agree(times: number): Promise<void> {
  await waitFor(() => expect(engine.browsers.opened).toHaveLength(times));
  engine.browsers.answer();
}

async function inBrowser(side: Side, name: string): Promise<void> {
  write(host(side), name);
  const server = host(side)?.closest("fieldset");
  if (!server) throw new Error("the server has its fields");
  fireEvent.click(await within(server).findByText("Sign in in the browser instead"));
}

const refused = (host: string): TriedView => ({
  host,
  port: 993,
  reached: true,
  encryption: null,
  signedIn: false,
  trouble: { kind: "signInEnded", sentence: "The server does not take the token.", detail: null },
});

describe("other servers", () => {
  it("are tried and kept with one sign-in, which is for both where the provider knows both", async () => {
    const account = await lena();
    const begin = vi.spyOn(engine, "beginSignIn");
    const keep = vi.spyOn(engine, "changeServers");
    const onClose = vi.fn();
    show(<ServersSheet account={account} onClose={onClose} />);
    write(host("outgoing"), "smtp.browser.example");
    await inBrowser("incoming", "imap.browser.example");
    press("Test");
    await agree(1);
    await screen.findByText("Letters may be sent from your address");
    expect(begin.mock.calls[0]?.[0].hosts).toEqual(["imap.browser.example", "smtp.browser.example"]);
    press("Save");
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(engine.browsers.opened).toHaveLength(1);
    expect(keep.mock.calls[0]?.[1]).toMatchObject({
      signedIn: "1",
      outgoingSignedIn: null,
      password: null,
      outgoingPassword: null,
    });
  });

  it("at two providers are signed in to one after the other, and each server is named to its own", async () => {
    const account = await lena();
    const begin = vi.spyOn(engine, "beginSignIn");
    const keep = vi.spyOn(engine, "changeServers");
    show(<ServersSheet account={account} onClose={() => undefined} />);
    await inBrowser("incoming", "imap.browser.example");
    await inBrowser("outgoing", "smtp.elsewhere.example");
    press("Save");
    await agree(1);
    await agree(2);
    await waitFor(() => expect(keep).toHaveBeenCalledOnce());
    expect(begin.mock.calls.map(([question]) => question.hosts)).toEqual([
      ["imap.browser.example"],
      ["smtp.elsewhere.example"],
    ]);
    expect(keep.mock.calls[0]?.[1]).toMatchObject({ signedIn: "1", outgoingSignedIn: "2" });
  });

  it("that do not take what was granted have the browser asked again, and other names too", async () => {
    const account = await lena();
    const attempt = vi.spyOn(engine, "tryServers").mockResolvedValue({
      incoming: refused("imap.browser.example"),
      outgoing: refused("smtp.nordlicht.example"),
    });
    show(<ServersSheet account={account} onClose={() => undefined} />);
    await inBrowser("incoming", "imap.browser.example");
    press("Test");
    await agree(1);
    await screen.findAllByText("The server does not take the token.");
    press("Test");
    await agree(2);
    await waitFor(() => expect(attempt).toHaveBeenCalledTimes(2));
    attempt.mockRestore();
    await waitFor(() =>
      expect(screen.getByText("Test", { selector: "button" })).toHaveProperty("disabled", false),
    );
    write(host("incoming"), "mail.browser.example");
    press("Test");
    await agree(3);
    await screen.findByText("Letters may be sent from your address");
  });

  it("are asked about with the page that opens the account's servers now", async () => {
    const account = await lena();
    const issuer = "https://login.nordlicht.example";
    const known = await engine.doorways(account.id);
    vi.spyOn(engine, "doorways").mockResolvedValue(known.map((doorway) => ({ ...doorway, issuer })));
    const begin = vi.spyOn(engine, "beginSignIn");
    const offered = vi.spyOn(engine, "signInOffer");
    show(<ServersSheet account={account} onClose={() => undefined} />);
    await waitFor(() => expect(offered).toHaveBeenCalledWith(["imap.nordlicht.example"], issuer));
    await inBrowser("incoming", "imap.browser.example");
    expect(offered).toHaveBeenLastCalledWith(["imap.browser.example"], issuer);
    press("Test");
    await agree(1);
    expect(begin.mock.calls[0]?.[0].issuer).toBe(issuer);
  });

  it("that nobody wants any more have their door shut", async () => {
    const account = await lena();
    const giveUp = vi.spyOn(engine, "giveUpSignIn");
    const attempt = vi.spyOn(engine, "tryServers");
    const { unmount } = show(<ServersSheet account={account} onClose={() => undefined} />);
    await inBrowser("incoming", "imap.browser.example");
    press("Test");
    await screen.findByText(/Sign in at Nordlicht, in your browser/);
    unmount();
    await waitFor(() => expect(giveUp).toHaveBeenCalledWith("1"));
    await new Promise((resolve) => setTimeout(resolve));
    expect(attempt).not.toHaveBeenCalled();
  });
});

describe("an address with a server of its own", () => {
  const shop = async (account: AccountView): Promise<IdentityView> => {
    const id = await engine.addIdentity(account.id, {
      email: "shop@fjord.example",
      name: "Shop",
      replyTo: "",
      signature: "",
      outgoing: {
        host: "smtp.elsewhere.example",
        port: 465,
        security: "tls",
        username: "shop@fjord.example",
        authentication: "auto",
      },
      password: "typed before",
      signedIn: null,
      accepted: [],
      allowPlain: false,
    });
    const found = (await engine.identities()).find((each) => each.id === id);
    if (found === undefined) throw new Error("the address is there");
    return found;
  };

  it("signs in in the browser, once for the test and for keeping it", async () => {
    const account = await lena();
    const identity = await shop(account);
    const begin = vi.spyOn(engine, "beginSignIn");
    const keep = vi.spyOn(engine, "changeIdentity");
    const onClose = vi.fn();
    show(<IdentitySheet account={account} identity={identity} onClose={onClose} />);
    fireEvent.click(await screen.findByText("Sign in in the browser instead"));
    expect(screen.queryByLabelText("Password"), "there is no password to type").toBeNull();
    press("Test");
    await agree(1);
    await screen.findByText("Letters may be sent from your address");
    expect(begin.mock.calls[0]?.[0]).toEqual({
      email: "shop@fjord.example",
      usernames: ["shop@fjord.example"],
      hosts: ["smtp.elsewhere.example"],
      issuer: null,
      client: null,
    });
    press("Keep");
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(engine.browsers.opened).toHaveLength(1);
    expect(keep.mock.calls[0]?.[1]).toMatchObject({ signedIn: "1", password: null });
    expect((await engine.doorways(account.id)).at(-1)).toMatchObject({ provider: "Fjord" });
  });

  it("is signed in to again at its own provider, and the account's servers are left alone", async () => {
    const account = await lena();
    const identity = await shop(account);
    await engine.changeIdentity(identity.id, {
      ...identity,
      password: null,
      signedIn: "0",
      accepted: [],
      allowPlain: false,
    });
    const again = vi.spyOn(engine, "signedInAgain");
    const onClose = vi.fn();
    show(<SignInSheet account={account} onClose={onClose} />);
    expect(await screen.findByLabelText(/^Password for imap\.nordlicht/)).toBeTruthy();
    fireEvent.click(await screen.findByText("Sign in at Fjord again"));
    await screen.findByText(/For smtp\.elsewhere\.example you sign in at Fjord/);
    press("Open the browser");
    await agree(1);
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(again).toHaveBeenCalledWith(account.id, { kind: "identity", identity: identity.id }, "1");
  });
});

// An account that has only had a password: its domain is asked at whose page its people sign in, and the browser is offered beside the
// password once that is known. What is typed meanwhile stays.
import { QueryClientProvider } from "@tanstack/react-query";
import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";
import { setBackend } from "../../src/ipc";
import type { AccountView } from "../../src/ipc/backend";
import { openMemory, type MemoryBackend } from "../../src/ipc/memory";
import { client } from "../../src/state/client";
import { ServersSheet } from "../../src/views/accounts/ServersSheet";
import { SignInSheet } from "../../src/views/accounts/SignInSheet";

const BROWSER = "Sign in in the browser instead";
const ASKING = /^Asking the domain of your address/;

let engine: MemoryBackend;
let account: AccountView;

beforeEach(async () => {
  client.clear();
  engine = openMemory(new URLSearchParams());
  setBackend(engine);
  const [lena] = await engine.accounts();
  if (lena?.incoming == null || lena.outgoing === null) throw new Error("lena has an account with servers");
  const server = { ...lena.incoming, host: "described.nordlicht.example" };
  await engine.changeServers(lena.id, {
    incoming: server,
    outgoing: { ...lena.outgoing, host: server.host },
    password: "twelve herons",
    outgoingPassword: null,
    signedIn: null,
    outgoingSignedIn: null,
    accepted: [],
    allowPlain: false,
  });
  const moved = (await engine.accounts()).find(({ id }) => id === lena.id);
  if (moved === undefined) throw new Error("she still has it");
  account = moved;
});

const show = (sheet: React.ReactElement) =>
  render(<QueryClientProvider client={client}>{sheet}</QueryClientProvider>);

it("the browser that the domain names is offered where one signs in again", async () => {
  let answer: () => void = () => undefined;
  const answered = new Promise<void>((done) => (answer = done));
  const ask = engine.askWhosePage.bind(engine);
  const asked = vi.spyOn(engine, "askWhosePage").mockImplementation(async (id) => {
    await answered;
    return ask(id);
  });
  show(<SignInSheet account={account} onClose={() => undefined} />);
  const field = await screen.findByLabelText(/^Password/);
  fireEvent.change(field, { target: { value: "half a pass" } });
  expect(screen.getByText(ASKING), "it is said why the domain hears of it").toBeTruthy();
  expect(screen.queryByText(BROWSER)).toBeNull();
  await act(async () => {
    answer();
    await answered;
  });
  const button = await screen.findByText(BROWSER);
  expect(screen.queryByText(ASKING)).toBeNull();
  expect(asked.mock.calls, "once").toEqual([[account.id]]);
  expect(field.isConnected && (field as HTMLInputElement).value).toBe("half a pass");
  const begin = vi.spyOn(engine, "beginSignInAgain");
  fireEvent.click(button);
  fireEvent.click(await screen.findByText("Open the browser"));
  await waitFor(() => expect(begin).toHaveBeenCalledWith(account.id, { kind: "incoming" }, null));
});

it("a domain that names nobody changes nothing", async () => {
  vi.spyOn(engine, "askWhosePage").mockResolvedValue(false);
  const offered = vi.spyOn(engine, "signInOfferAgain");
  show(<SignInSheet account={account} onClose={() => undefined} />);
  await screen.findByLabelText(/^Password/);
  await waitFor(() => expect(screen.queryByText(ASKING)).toBeNull());
  expect(offered, "each server is asked about once").toHaveBeenCalledTimes(2);
  expect(screen.queryByText(BROWSER)).toBeNull();
});

it("a domain that cannot be asked keeps nobody from typing a password", async () => {
  vi.spyOn(engine, "askWhosePage").mockRejectedValue({ kind: "unreachable", sentence: "No.", detail: null });
  show(<SignInSheet account={account} onClose={() => undefined} />);
  await screen.findByLabelText(/^Password/);
  await waitFor(() => expect(screen.queryByText(ASKING)).toBeNull());
  expect(screen.queryByRole("alert")).toBeNull();
});

it("what the domain has named is asked with where the servers change", async () => {
  const issuer = "https://login.nordlicht.example";
  const known = await engine.doorways(account.id);
  let isNamed = false;
  vi.spyOn(engine, "askWhosePage").mockImplementation(() => {
    isNamed = true;
    return Promise.resolve(true);
  });
  vi.spyOn(engine, "doorways").mockImplementation(() =>
    Promise.resolve(known.map((doorway) => ({ ...doorway, issuer: isNamed ? issuer : null }))),
  );
  const offered = vi.spyOn(engine, "signInOffer");
  show(<ServersSheet account={account} onClose={() => undefined} />);
  await waitFor(() => expect(offered).toHaveBeenCalledWith(["described.nordlicht.example"], issuer));
});

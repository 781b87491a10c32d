// What is changed in a sheet while something of it is under way: what was typed for one provider is told to no other, what comes of
// a press stands under nothing else, and what is typed stays.
import { QueryClientProvider } from "@tanstack/react-query";
import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { setBackend } from "../../src/ipc";
import type { AccountView, SignInOfferView, TriedView } from "../../src/ipc/backend";
import { openMemory, type MemoryBackend } from "../../src/ipc/memory";
import { client } from "../../src/state/client";
import { keys } from "../../src/state/queries";
import { FRESH, withOffer } from "../../src/views/accounts/useGrants";
import { ServersSheet } from "../../src/views/accounts/ServersSheet";
import { SignInSheet } from "../../src/views/accounts/SignInSheet";
import { IdentitySheet } from "../../src/views/settings/IdentitySheet";

let engine: MemoryBackend;
let account: AccountView;

beforeEach(async () => {
  client.clear();
  engine = openMemory(new URLSearchParams());
  setBackend(engine);
  const [lena] = await engine.accounts();
  if (lena === undefined) throw new Error("lena has an account");
  account = lena;
});

const show = (sheet: React.ReactElement) =>
  render(<QueryClientProvider client={client}>{sheet}</QueryClientProvider>);
const press = (name: string) => fireEvent.click(screen.getByText(name, { selector: "button" }));
const write = (field: Element | null, value: string) =>
  fireEvent.change(field ?? document.body, { target: { value } });
const incoming = () => document.querySelector(`input[name="incomingHost"]`);

/** An answer that comes when the test says so. */
function held<T>(): { answer: Promise<T>; give: (value: T) => void } {
  let give: (value: T) => void = () => undefined;
  const answer = new Promise<T>((done) => (give = done));
  return { answer, give };
}

const offer = (provider: string): SignInOfferView => ({
  provider,
  ready: false,
  ownClient: "https://login.nordlicht.example/clients",
  appPassword: null,
});

describe("a client that was typed for one provider", () => {
  const typed = {
    ...withOffer(FRESH, "imap.nordlicht.example", offer("Nordlicht")),
    inBrowser: true,
    client: { id: "lena", secret: "not for Fjord" },
  };

  it("is told to no other one, and stays for its own", () => {
    expect(withOffer(typed, "imap.fjord.example", offer("Fjord")).client).toEqual(FRESH.client);
    expect(withOffer(typed, "mail.nordlicht.example", offer("Nordlicht")).client).toEqual(typed.client);
    expect(withOffer(typed, "nowhere.example", null)).toMatchObject({
      inBrowser: false,
      client: FRESH.client,
    });
  });

  it("is not sent either where the other one's name was typed just before the press", async () => {
    const known = (host: string) => offer(host.includes("fjord") ? "Fjord" : "Nordlicht");
    const late = held<SignInOfferView | null>();
    const asked = vi
      .spyOn(engine, "signInOffer")
      .mockImplementation(([host = ""]) => Promise.resolve(known(host)));
    const begin = vi.spyOn(engine, "beginSignIn");
    show(<ServersSheet account={account} onClose={() => undefined} />);
    const [choose] = await screen.findAllByText("Sign in in the browser instead");
    fireEvent.click(choose ?? document.body);
    write(screen.getByLabelText(/Client ID/i), "lena");
    write(screen.getByLabelText(/Client secret/i), "not for Fjord");
    asked.mockImplementationOnce(() => late.answer);
    write(incoming(), "imap.fjord.example");
    press("Test");
    await waitFor(() => expect(begin).toHaveBeenCalled());
    expect(begin.mock.calls[0]?.[0]).toMatchObject({ client: { id: "", secret: null } });
    late.give(null);
  });
});

describe("what comes of a press after a field was changed", () => {
  const refused: TriedView = {
    host: "smtp.elsewhere.example",
    port: 465,
    reached: false,
    encryption: null,
    signedIn: false,
    trouble: { kind: "unreachable", sentence: "Nobody is there.", detail: null },
  };

  it("is not shown under the other servers", async () => {
    const late = held<Awaited<ReturnType<MemoryBackend["tryServers"]>>>();
    const attempt = vi.spyOn(engine, "tryServers").mockReturnValueOnce(late.answer);
    show(<ServersSheet account={account} onClose={() => undefined} />);
    press("Test");
    await waitFor(() => expect(attempt).toHaveBeenCalledOnce());
    write(incoming(), "imap.fjord.example");
    await act(async () => {
      late.give({ incoming: refused, outgoing: refused });
      await late.answer;
    });
    await waitFor(() => expect(screen.getByText("Test")).toHaveProperty("disabled", false));
    expect(screen.queryByText("Nobody is there.")).toBeNull();
    attempt.mockResolvedValueOnce({ incoming: refused, outgoing: refused });
    press("Test");
    expect(await screen.findAllByText("Nobody is there."), "of these servers it is").toHaveLength(2);
  });

  it("is not shown under another address, and is told beside what is waited for, so that it is read once", async () => {
    const late = held<null>();
    const keep = vi
      .spyOn(engine, "addIdentity")
      .mockImplementation(() => late.answer.then(() => Promise.reject(refused.trouble as unknown as Error)));
    show(<IdentitySheet account={account} identity={null} onClose={() => undefined} />);
    const field = screen.getByLabelText("Address");
    write(field, "shop@nordlicht.example");
    press("Keep");
    await waitFor(() => expect(keep).toHaveBeenCalledOnce());
    write(field, "office@nordlicht.example");
    late.give(null);
    await screen.findByText("Keep");
    expect(screen.queryByText("Nobody is there.")).toBeNull();
    press("Keep");
    const told = await screen.findByText("Nobody is there.");
    expect(told.closest("[role=alert]")).not.toBeNull();
    expect(told.closest("[role=status]"), "a status reads what comes into it").toBeNull();
  });
});

it("a password that is being typed stays when another server is added meanwhile", async () => {
  const known = await engine.doorways(account.id);
  const late = held<SignInOfferView | null>();
  const again = vi.spyOn(engine, "signInOfferAgain");
  show(<SignInSheet account={account} onClose={() => undefined} />);
  const field = await screen.findByLabelText(/^Password/);
  write(field, "half a pass");
  again.mockReturnValue(late.answer);
  const [first] = known;
  if (first === undefined) throw new Error("the account has servers");
  const more = { ...first, door: { kind: "identity" as const, identity: "9" }, own: true };
  await act(async () => {
    client.setQueryData(keys.doorways(account.id), [...known, more]);
    await Promise.resolve();
  });
  await waitFor(() => expect(again).toHaveBeenCalledWith(account.id, more.door));
  expect(field.isConnected, "it is the same field").toBe(true);
  expect(field).toHaveProperty("value", "half a pass");
  late.give(null);
});

// What the sheets of an account say of a try: an alert stands beside the status and not within it, where it would be read twice, and
// what went well is told by the status.
import { QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Told } from "../../src/components/Told";
import { setBackend } from "../../src/ipc";
import type { AccountView, TriedView } from "../../src/ipc/backend";
import { openMemory, type MemoryBackend } from "../../src/ipc/memory";
import { client } from "../../src/state/client";
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

const SENTENCE = "The server does not accept this user name and password.";
const trouble = { kind: "wrongPassword" as const, sentence: SENTENCE, detail: null };
const wrong: TriedView = {
  host: "imap.nordlicht.example",
  port: 993,
  reached: true,
  encryption: null,
  signedIn: false,
  trouble,
};
const well: TriedView = {
  ...wrong,
  host: "smtp.nordlicht.example",
  port: 465,
  signedIn: true,
  trouble: null,
};

function expectBeside(told: HTMLElement): void {
  expect(told.closest("[role=alert]"), "it is told at once").not.toBeNull();
  expect(told.closest("[role=status]"), "and once").toBeNull();
  const nested = document.querySelectorAll("[role=status] [role=alert], [role=alert] [role=status]");
  expect(nested).toHaveLength(0);
  expect(
    document.querySelectorAll("[role=dialog] [role=status]"),
    "the status stays for what comes",
  ).toHaveLength(1);
}

describe("an alert stands beside the status", () => {
  it("where one signs in again and the server says no", async () => {
    vi.spyOn(engine, "signInAgain").mockResolvedValue([
      { door: { kind: "incoming" }, tried: wrong },
      { door: { kind: "outgoing" }, tried: well },
    ]);
    show(<SignInSheet account={account} onClose={() => undefined} />);
    fireEvent.change(await screen.findByLabelText(/^Password/), { target: { value: "twelve herons" } });
    press("Sign in");
    expectBeside(await screen.findByText(SENTENCE));
  });

  it("where one signs in again and it could not be tried", async () => {
    vi.spyOn(engine, "signInAgain").mockRejectedValue(trouble);
    show(<SignInSheet account={account} onClose={() => undefined} />);
    fireEvent.change(await screen.findByLabelText(/^Password/), { target: { value: "twelve herons" } });
    press("Sign in");
    expectBeside(await screen.findByText(SENTENCE));
  });

  it("where one signs in again in the browser", async () => {
    const known = await engine.doorways(account.id);
    vi.spyOn(engine, "doorways").mockResolvedValue(
      known.map((doorway) => ({ ...doorway, provider: "Nordlicht" })),
    );
    vi.spyOn(engine, "signInOfferAgain").mockResolvedValue({
      provider: "Nordlicht",
      ready: true,
      ownClient: null,
      appPassword: null,
    });
    vi.spyOn(engine, "beginSignInAgain").mockRejectedValue(trouble);
    show(<SignInSheet account={account} onClose={() => undefined} />);
    fireEvent.click(await screen.findByText("Open the browser"));
    expectBeside(await screen.findByText(SENTENCE));
  });

  it("where the servers change", async () => {
    const attempt = vi.spyOn(engine, "tryServers").mockResolvedValue({ incoming: wrong, outgoing: well });
    show(<ServersSheet account={account} onClose={() => undefined} />);
    press("Test");
    expectBeside(await screen.findByText(SENTENCE));
    attempt.mockRejectedValue(trouble);
    press("Test");
    await waitFor(() => expect(document.querySelector("p[role=alert]")).not.toBeNull());
    expectBeside(await screen.findByText(SENTENCE));
  });

  it("where an address gets a server of its own", async () => {
    vi.spyOn(engine, "tryIdentity").mockResolvedValue({ ...wrong, host: "smtp.elsewhere.example" });
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
    const identity = (await engine.identities()).find((each) => each.id === id) ?? null;
    show(<IdentitySheet account={account} identity={identity} onClose={() => undefined} />);
    press("Test");
    expectBeside(await screen.findByText(SENTENCE));
  });
});

it("what goes well is read out by the status that stands there before", async () => {
  vi.spyOn(engine, "tryServers").mockResolvedValue({ incoming: well, outgoing: well });
  show(<ServersSheet account={account} onClose={() => undefined} />);
  const status = document.querySelector("[role=dialog] [role=status]");
  press("Test");
  const told = await screen.findByText("Letters may be sent from your address");
  expect(status?.contains(told)).toBe(true);
});

it("an empty status has nothing in it, so that it takes no room", () => {
  const { container } = render(
    <Told failed going={false}>
      <p role="alert">No.</p>
    </Told>,
  );
  expect(container.querySelector("[role=status]")?.matches(":empty")).toBe(true);
});

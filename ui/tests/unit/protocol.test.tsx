// The sheet in which an account changes its protocol: the way through it, the choice that is asked for, and what is said when it
// does not work.
import { QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { setBackend } from "../../src/ipc";
import type { ProtocolPlanView, RemoteProtocol } from "../../src/ipc/backend";
import { openMemory, type MemoryBackend } from "../../src/ipc/memory";
import { lenaAccount, postAccount } from "../../src/ipc/memory/accounts";
import { client } from "../../src/state/client";
import {
  blankServer,
  isComplete,
  isDecided,
  otherProtocol,
  percentOf,
  withDoor,
} from "../../src/state/protocol";
import { ProtocolSheet } from "../../src/views/settings/ProtocolSheet";

describe("what an account can become", () => {
  it("is the other protocol, and nothing where there is no server", () => {
    expect(otherProtocol(postAccount())).toBe("imap");
    expect(otherProtocol(lenaAccount())).toBe("pop3");
    expect(otherProtocol({ ...postAccount(), protocol: "local" })).toBeNull();
    expect(otherProtocol({ ...postAccount(), demo: true })).toBeNull();
  });
});

describe("its server", () => {
  it("begins with the usual door and the user name that is known", () => {
    const server = blankServer(postAccount(), "imap");
    expect([server.port, server.security, server.username]).toEqual([993, "tls", "lena.b"]);
    expect(isComplete(server), "a name is missing").toBe(false);
    expect(isComplete({ ...server, host: "imap.post.example" })).toBe(true);
  });
  it("changes its port with the encryption, unless the port is one's own", () => {
    const server = blankServer(postAccount(), "imap");
    expect(withDoor(server, "imap", "starttls").port).toBe(143);
    expect(withDoor({ ...server, port: 1993 }, "imap", "starttls").port).toBe(1993);
  });
});

describe("the decision", () => {
  const plan: ProtocolPlanView = {
    kind: "imap",
    both: 3,
    onlyServer: [],
    onlyHere: [{ name: "Sent", letters: 2 }],
    deletedHere: 0,
  };
  it("is asked for where letters stand only here", () => {
    expect(isDecided(plan, null)).toBe(false);
    expect(isDecided(plan, "upload")).toBe(true);
    expect(isDecided({ ...plan, onlyHere: [] }, null)).toBe(true);
  });
  it("has a measure of how far it has come", () => {
    expect(percentOf({ kind: "syncing", done: 1, total: 4, secondsLeft: null })).toBe(25);
    expect(percentOf({ kind: "syncing", done: 0, total: 0, secondsLeft: null })).toBeNull();
    expect(percentOf({ kind: "idle" })).toBeNull();
  });
});

describe("the sheet", () => {
  let memory: MemoryBackend;
  let closed: number;

  beforeEach(() => {
    client.clear();
    memory = openMemory();
    setBackend(memory);
    closed = 0;
  });

  function open(account: string, to: RemoteProtocol) {
    render(
      <QueryClientProvider client={client}>
        <ProtocolSheet account={memory.world.account(account)} to={to} onClose={() => (closed += 1)} />
      </QueryClientProvider>,
    );
  }
  const button = (name: string) => screen.findByRole("button", { name });

  it("finds the server, counts, asks what becomes of the rest, and tells how that goes on", async () => {
    open("post", "imap");
    expect(await screen.findByDisplayValue("imap.post.example")).toBeTruthy();
    fireEvent.click(await button("Compare both sides"));
    const confirm = await button("Change to IMAP");
    expect(screen.getByText("Only on this computer")).toBeTruthy();
    expect(screen.getByText(/INBOX 2, Projects 1,240/)).toBeTruthy();
    expect(confirm.hasAttribute("disabled"), "nothing is chosen for the person").toBe(true);
    fireEvent.click(screen.getByRole("radio", { name: /Put it on the server/ }));
    await waitFor(() => expect(confirm.hasAttribute("disabled")).toBe(false));
    fireEvent.click(confirm);
    expect(await screen.findByText("lena.b@post.example is an account with IMAP now.")).toBeTruthy();
    expect(memory.world.account("post").protocol).toBe("imap");
    expect(await screen.findByRole("progressbar", { name: "Letters put on the server" })).toBeTruthy();
    fireEvent.click(await button("Close"));
    expect(closed).toBe(1);
  });

  it("keeps letters here if that is chosen, and says where", async () => {
    open("post", "imap");
    fireEvent.click(await button("Compare both sides"));
    fireEvent.click(await screen.findByRole("radio", { name: /Keep it on this computer/ }));
    fireEvent.click(await button("Change to IMAP"));
    expect(await screen.findByText(/in Local Folders\.$/)).toBeTruthy();
    expect(screen.queryByRole("progressbar"), "nothing is put on the server").toBeNull();
  });

  it("tells what POP3 does not see, and what is brought first", async () => {
    open("lena", "pop3");
    fireEvent.click(await button("Compare both sides"));
    expect(await screen.findByText(/POP3 sees only the inbox/)).toBeTruthy();
    expect(screen.getByText("12 letters")).toBeTruthy();
    expect(screen.queryByRole("radio"), "there is nothing to choose").toBeNull();
    fireEvent.click(await button("Change to POP3"));
    expect(await screen.findByText("lena@nordlicht.example is an account with POP3 now.")).toBeTruthy();
    expect(memory.world.account("lena").retention).toEqual({ kind: "keep" });
  });

  it("says that nothing was changed when the server refuses, and lets the person mend it", async () => {
    open("post", "imap");
    const host = await screen.findByDisplayValue("imap.post.example");
    fireEvent.change(host, { target: { value: "refuses.post.example" } });
    fireEvent.click(await button("Compare both sides"));
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toContain("does not accept the password. Nothing was changed.");
    expect(memory.world.account("post").protocol).toBe("pop3");
    expect(screen.getByDisplayValue("refuses.post.example"), "what was typed is still there").toBeTruthy();
  });

  it("sends no password to a name that only DNS gives before the person has looked at it", async () => {
    memory.world.account("post").email = "byname@post.example";
    open("post", "imap");
    expect(await screen.findByDisplayValue("imap.fjord.example")).toBeTruthy();
    fireEvent.click(await button("Compare both sides"));
    const question = await screen.findByRole("alertdialog", { name: "Are these your servers?" });
    expect(question.textContent).toContain("imap.fjord.example");
    fireEvent.click(await button("Not now"));
    expect(await button("Compare both sides"), "nothing was asked of the server").toBeTruthy();
    expect(screen.queryByRole("alertdialog")).toBeNull();
    fireEvent.click(await button("Compare both sides"));
    fireEvent.click(await button("Yes, sign in there"));
    expect(await button("Change to IMAP")).toBeTruthy();
    fireEvent.click(await button("Back"));
    fireEvent.click(await button("Compare both sides"));
    expect(await button("Change to IMAP"), "it was looked at").toBeTruthy();
  });

  it("does not ask about a name that the person has typed", async () => {
    memory.world.account("post").email = "byname@post.example";
    open("post", "imap");
    const host = await screen.findByDisplayValue("imap.fjord.example");
    fireEvent.change(host, { target: { value: "imap.own.example" } });
    fireEvent.click(await button("Compare both sides"));
    expect(await button("Change to IMAP")).toBeTruthy();
  });

  it("asks for the server where none is found", async () => {
    memory.world.account("post").email = "lena@nowhere.example";
    open("post", "imap");
    expect(await screen.findByText(/No IMAP server could be found/)).toBeTruthy();
    expect((await button("Compare both sides")).hasAttribute("disabled"), "its name is missing").toBe(true);
  });
});

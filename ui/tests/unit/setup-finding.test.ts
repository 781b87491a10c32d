// What is read from the answer to the search: owners, hints and blanks.
import { describe, expect, it } from "vitest";
import type { CandidateView, DiscoveryView } from "../../src/ipc/backend";
import {
  blanksIn,
  hintOf,
  hostParts,
  mayTellMore,
  otherHosts,
  ownersOf,
  serversToLookAt,
  strangeOwners,
  whyChosen,
  withKnocked,
  withLook,
} from "../../src/state/finding";
import {
  freshSetup,
  isTaken,
  withFound,
  withFoundAccount,
  withServer,
  type SetupState,
} from "../../src/state/setup";

const EMAIL = "lena@nordlicht.example";
const server = (owner: string, takesPasswords = true, vouched = false): CandidateView => ({
  host: `mail.${owner}`,
  registered: owner,
  outside: owner !== "nordlicht.example",
  port: 993,
  security: "tls",
  username: EMAIL,
  takesPasswords,
  vouched,
});
const answer = (owner: string, more: Partial<DiscoveryView> = {}): DiscoveryView => ({
  imap: server(owner),
  pop3: null,
  smtp: server(owner),
  how: { kind: "srv" },
  behind: null,
  encrypted: true,
  hint: null,
  page: null,
  issuer: null,
  dissent: [],
  consent: null,
  ...more,
});
const typed = { ...freshSetup(), email: EMAIL, password: "secret" };

it("splits a host where its owner begins", () => {
  expect(hostParts("imap.mail.fjord.co.uk", "fjord.co.uk")).toEqual({
    before: "imap.mail.",
    registered: "fjord.co.uk",
  });
  expect(hostParts("127.0.0.1", null)).toEqual({ before: "127.0.0.1", registered: "" });
  expect(hostParts("elsewhere.example", "fjord.co.uk").registered, "they do not belong together").toBe("");
});

describe("servers of somebody else", () => {
  it("want a look where only DNS names them", () => {
    expect(strangeOwners(withFound(typed, EMAIL, answer("fjord.example")))).toEqual(["fjord.example"]);
    expect(strangeOwners(withFound(typed, EMAIL, answer("nordlicht.example")))).toEqual([]);
    const told = server("fjord.example", true, true);
    const vouched = answer("fjord.example", { imap: told, smtp: told });
    expect(strangeOwners(withFound(typed, EMAIL, vouched)), "the domain itself says so").toEqual([]);
  });
  it("are judged one by one, whoever has named the others", () => {
    const told = server("fjord.example", true, true);
    const filled = answer("strand.example", { imap: told, how: { kind: "autoconfig", host: "autoconfig" } });
    expect(strangeOwners(withFound(typed, EMAIL, filled))).toEqual(["strand.example"]);
  });
  it("are looked at once, and another owner's anew", () => {
    const found = withFound(typed, EMAIL, answer("fjord.example", { pop3: server("strand.example") }));
    expect(ownersOf(serversToLookAt(found))).toEqual(["fjord.example"]);
    const looked = withLook(found);
    expect(serversToLookAt(looked), "it was shown").toEqual([]);
    expect(strangeOwners(looked), "and is still told").toEqual(["fjord.example"]);
    const other: SetupState = { ...looked, protocol: "pop3" };
    expect(ownersOf(serversToLookAt(other)), "nobody has seen this one").toEqual(["strand.example"]);
    const again = withFound(looked, EMAIL, answer("strand.example"));
    expect(ownersOf(serversToLookAt(again)), "the second search names another").toEqual(["strand.example"]);
  });
  it("are the person's own choice once they are typed", () => {
    const state = withFound(typed, EMAIL, answer("fjord.example", { smtp: null }));
    expect(strangeOwners(withServer(state, "imap", { host: "mail.own.example" }))).toEqual([]);
  });
});

it("says that passwords are not taken, whoever has found that out", () => {
  const tokens = answer("nordlicht.example", { imap: server("nordlicht.example", false) });
  expect(hintOf(withFound(typed, EMAIL, tokens))).toBe("no-passwords");
  expect(hintOf(withFound(typed, EMAIL, answer("nordlicht.example", { hint: "switch-on" })))).toBe(
    "switch-on",
  );
  expect(hintOf(typed), "nothing was found yet").toBe(null);
});

it("finds out what is blank, and keeps what was typed", () => {
  const named = withServer(typed, "imap", { host: "mail.own.example", port: 0, username: "lena" });
  expect(blanksIn(named)).toEqual(["imap"]);
  const known = { ...server("own.example"), port: 143, security: "starttls" as const };
  const filled = withKnocked(named, "imap", known);
  expect(filled.servers.imap).toMatchObject({ port: 143, security: "starttls", username: "lena" });
  expect(blanksIn(filled)).toEqual([]);
  const other = withServer(named, "imap", { host: "mail.other.example", port: 0 });
  expect(withKnocked(other, "imap", known), "the name has changed meanwhile").toBe(other);
});

it("says why a protocol is chosen only as long as it was chosen by itself", () => {
  const both = withFound(typed, EMAIL, answer("nordlicht.example", { pop3: server("nordlicht.example") }));
  expect(whyChosen(typed), "nothing is known yet").toBeNull();
  expect(whyChosen(both)).toBe("imap");
  expect(whyChosen({ ...both, protocol: "pop3" }), "that was the person").toBeNull();
  expect(whyChosen(withFound(typed, EMAIL, answer("nordlicht.example")))).toBe("imap-only");
  const alone = answer("nordlicht.example", { imap: null, pop3: server("nordlicht.example") });
  expect(whyChosen(withFound(typed, EMAIL, alone))).toBe("pop3-only");
});

it("offers to tell the whole address where nothing was found and it was not told yet", () => {
  const nothing = answer("nordlicht.example", { imap: null, smtp: null, how: { kind: "nothing" } });
  expect(mayTellMore(typed, nothing)).toBe(true);
  expect(mayTellMore({ ...typed, tellAddress: true }, nothing)).toBe(false);
  expect(mayTellMore(typed, answer("nordlicht.example"))).toBe(false);
  expect(mayTellMore(typed, { ...nothing, consent: "fjord.example" }), "one question at a time").toBe(false);
});

describe("servers that another program has named", () => {
  const at = (host: string) => ({ ...blank, host });
  const blank = { port: 993, security: "tls", username: EMAIL, authentication: "auto" } as const;
  const taken = withFoundAccount(freshSetup(), {
    email: EMAIL,
    name: "Lena Brandt",
    protocol: "imap",
    incoming: at("mail.nordlicht.example"),
    outgoing: at("smtp.nordlicht.example"),
  });

  it("stay, whatever the search says, and what it says instead is told", () => {
    const found = withFound(taken, EMAIL, answer("nordlicht.example"));
    expect(isTaken(found)).toBe(true);
    expect(found.servers.smtp.host).toBe("smtp.nordlicht.example");
    expect(otherHosts(found), "the one for reading is the same").toEqual(["mail.nordlicht.example"]);
    expect(otherHosts(taken), "nobody has answered yet").toEqual([]);
  });

  it("are enough where the search finds nothing, and are another address's no more", () => {
    const nothing = answer("x", { imap: null, pop3: null, smtp: null, how: { kind: "nothing" } });
    expect(withFound(taken, EMAIL, nothing).manual, "there is nothing to type").toBe(false);
    expect(withFound({ ...taken, taken: null }, EMAIL, nothing).manual).toBe(true);
    expect(isTaken({ ...taken, email: "jonas@nordlicht.example" })).toBe(false);
  });

  it("are no longer those where a person types others, or takes the other protocol", () => {
    const found = withFound(taken, EMAIL, answer("nordlicht.example", { pop3: server("nordlicht.example") }));
    for (const which of ["imap", "smtp"] as const) {
      const other = withServer(found, which, { host: "mail.fjord.example" });
      expect(isTaken(other), which).toBe(false);
      expect(isTaken(withServer(other, which, { host: taken.servers[which].host })), "and back").toBe(true);
    }
    expect(isTaken({ ...found, protocol: "pop3" }), "its server is of the search").toBe(false);
    expect(isTaken(withServer(found, "imap", { username: "lena" })), "it is the same server").toBe(true);
  });
});

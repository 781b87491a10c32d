// The state behind the setup screen: what is typed, found, changed and sent.
import { describe, expect, it } from "vitest";
import type { CandidateView, DiscoveryView, TriedView } from "../../src/ipc/backend";
import {
  formOf,
  freshSetup,
  isMute,
  needsManual,
  problemsIn,
  problemsWhileTyping,
  searchable,
  speaksPlainly,
  stillToFind,
  withEmail,
  withFound,
  withServer,
  type Field,
  type SetupState,
} from "../../src/state/setup";

const EMAIL = "lena@nordlicht.example";
const server = (name: string, port: number): CandidateView => ({
  host: `${name}.nordlicht.example`,
  registered: "nordlicht.example",
  outside: false,
  port,
  security: "tls",
  username: EMAIL,
  takesPasswords: true,
  vouched: true,
});
const found: DiscoveryView = {
  imap: server("imap", 993),
  pop3: server("pop", 995),
  smtp: server("smtp", 465),
  how: { kind: "probing" },
  behind: null,
  encrypted: true,
  hint: null,
  page: null,
  issuer: null,
  dissent: [],
  consent: null,
};
const typed = { ...freshSetup(), email: EMAIL, password: "secret" };

it("looks for servers only once the address looks finished", () => {
  expect(
    ["lena", "lena@", "lena@nordlicht", "lena@nordlicht.", " lena@nordlicht.example "].map(searchable),
  ).toEqual([null, null, null, null, EMAIL]);
});

describe("what was found", () => {
  it("fills the servers and needs no form", () => {
    const state = withFound(typed, EMAIL, found);
    expect(state.servers.smtp.host).toBe("smtp.nordlicht.example");
    expect(state.manual).toBe(false);
    expect(problemsIn(state)).toEqual({});
  });
  it("is thrown away when the address has changed meanwhile", () => {
    expect(withFound({ ...typed, email: "jonas@post.example" }, EMAIL, found).search.kind).toBe("idle");
  });
  it("never overrules a server that the person has changed", () => {
    const edited = withServer(typed, "imap", { host: "mail.own.example" });
    expect(withFound(edited, EMAIL, found).servers.imap.host).toBe("mail.own.example");
  });
  it("chooses POP3 where there is no IMAP, and opens the form where there is nothing", () => {
    expect(withFound(typed, EMAIL, { ...found, imap: null }).protocol).toBe("pop3");
    const empty = { ...found, imap: null, pop3: null, smtp: null, how: { kind: "nothing" } as const };
    const nothing = withFound(typed, EMAIL, empty);
    expect(nothing.manual).toBe(true);
    const askable = withFound(typed, EMAIL, { ...empty, consent: "autodiscover.fjord.example" });
    expect(askable.manual, "somebody may still be asked").toBe(false);
    expect(needsManual(problemsIn(nothing)), "the missing host can be typed there").toBe(true);
  });
  it("does not outlive its address, nor does the permission to go unencrypted", () => {
    const before = {
      ...withFound(typed, EMAIL, found),
      allowPlain: true,
      looked: ["fjord.example"],
      consented: ["a.example"],
    };
    const state = withEmail(before, "jonas@post.example");
    expect(state.search.kind).toBe("idle");
    expect(state.allowPlain).toBe(false);
    expect(state.looked, "somebody else's servers were looked at").toEqual([]);
    expect(state.consented, "and somebody else's address was to be told").toEqual([]);
  });
});

describe("the form that goes to the engine", () => {
  it("has the address as user name where none was typed, and no password twice", () => {
    const state = withServer(withServer(typed, "imap", { host: " imap.a.example " }), "smtp", {
      host: "smtp.a.example",
      security: "starttls",
    });
    const form = formOf(state);
    expect(form.incoming).toEqual({
      host: "imap.a.example",
      port: 993,
      security: "tls",
      username: EMAIL,
      authentication: "auto",
    });
    expect(form.outgoing.port).toBe(587);
    expect(form.outgoingPassword).toBeNull();
  });
  it("carries days only for the choice that has some, and a retention only for POP3", () => {
    const pop3 = { ...typed, protocol: "pop3" as const, retention: "remove-after-days" as const, days: 14 };
    expect(formOf(pop3).retention).toEqual({ kind: "remove-after-days", days: 14 });
    expect(formOf({ ...pop3, protocol: "imap" }).retention).toEqual({ kind: "keep" });
  });
  it("names each field that is wrong", () => {
    expect(Object.keys(problemsIn(freshSetup())), "nothing was looked for yet, and the form is shut").toEqual(
      ["email", "password"],
    );
    expect(Object.keys(problemsIn({ ...freshSetup(), manual: true })).sort(), "the form is open").toEqual([
      "email",
      "incomingHost",
      "outgoingHost",
      "password",
    ]);
    const odd = { ...typed, protocol: "pop3" as const, retention: "remove-after-days" as const, days: 0 };
    expect(problemsIn(odd).days).toBeDefined();
  });
  it("misses no server while it is still being looked for", () => {
    expect(problemsIn({ ...typed, search: { kind: "searching", email: EMAIL } })).toEqual({});
    expect(stillToFind(typed), "the search begins in a moment").toBe(true);
    expect(stillToFind(withFound(typed, EMAIL, found))).toBe(false);
    expect(stillToFind({ ...typed, email: "lena" }), "there is nothing to look for").toBe(false);
  });
  it("knows a plain connection on either side", () => {
    expect(speaksPlainly(typed)).toBe(false);
    expect(speaksPlainly(withServer(typed, "smtp", { security: "plain" }))).toBe(true);
    expect(speaksPlainly(withServer(typed, "pop3", { security: "plain" })), "POP3 is not chosen").toBe(false);
  });
});

describe("while it is typed", () => {
  const shown = (state: SetupState, ...left: Field[]) =>
    Object.keys(problemsWhileTyping(state, new Set(left)));
  const incoming = (host: string, port = 993) => withServer(typed, "imap", { host, port, security: "tls" });

  it("what is unfinished is nobody's mistake, until its field is left", () => {
    for (const email of ["lena", "lena@", "lena@nord", "лена@пример", '"a b'])
      expect(shown({ ...typed, email }), email).toEqual([]);
    expect(shown({ ...typed, email: "lena@" }, "email")).toEqual(["email"]);
    expect(shown({ ...typed, email: "" }, "email"), "an empty field waits for Add").toEqual([]);
    expect(shown(incoming("imap-"))).toEqual([]);
    expect(shown(incoming("imap-"), "incomingHost")).toEqual(["incomingHost"]);
  });

  it("what no further key could mend is said at once", () => {
    for (const email of ["@", "lena@@nord", "lena @nord", "a@b,c@d"])
      expect(shown({ ...typed, email }), email).toEqual(["email"]);
    for (const host of ["https://imap", "imap nordlicht", "imap..x", "-imap", "a/b", "me@host"])
      expect(shown(incoming(host)), host).toEqual(["incomingHost"]);
    expect(shown(incoming("imap.example", 70_000))).toEqual(["incomingPort"]);
  });

  it("addresses and hosts in every script are fine", () => {
    for (const email of [
      "lena@müller.example",
      "лена@пример.рф",
      "用户@例子.广告",
      "lena@xn--mller-kva.example",
    ])
      expect(shown({ ...typed, email }, "email"), email).toEqual([]);
    for (const host of [
      "почта.пример.рф",
      "imap.müller.example",
      "xn--e1afmkfd.xn--p1ai",
      "192.0.2.7",
      "2001:db8::7",
    ])
      expect(shown(incoming(host), "incomingHost"), host).toEqual([]);
  });
});

it("an account that may not send yet is told from one that is not signed in", () => {
  const tried = (more: Partial<TriedView>): TriedView => ({
    host: "mail.nordlicht.example",
    port: 993,
    reached: true,
    encryption: null,
    signedIn: true,
    trouble: null,
    ...more,
  });
  const trouble = { kind: "refused" as const, sentence: "No.", detail: null };
  expect(isMute({ incoming: tried({}), outgoing: tried({ trouble }) })).toBe(true);
  expect(isMute({ incoming: tried({}), outgoing: tried({ trouble, signedIn: false }) })).toBe(false);
  expect(isMute({ incoming: tried({ trouble }), outgoing: tried({ trouble }) })).toBe(false);
  expect(isMute({ incoming: tried({}), outgoing: tried({}) })).toBe(false);
});

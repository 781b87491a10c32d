// Accounts after they were added: what they are called, which sheet mends a trouble, their order, and the forms of the sheets.
import { describe, expect, it } from "vitest";
import type { AccountView, DoorwayView, TriedDoorView, TroubleKind } from "../../src/ipc/backend";
import { lenaAccount, postAccount } from "../../src/ipc/memory/accounts";
import {
  called,
  candidates,
  checkChoices,
  mendingOf,
  minutesOf,
  reordered,
  troubleIn,
} from "../../src/state/accounts";
import { fields, formOf, hasTyped, isOffline, sharesPassword } from "../../src/state/passwords";
import { accepting, changed, finished, isReady, serversOf } from "../../src/state/servers";
import { canSend } from "../../src/state/senders";
import {
  freshSetup,
  formOf as setupForm,
  withAccepted,
  withEmail,
  withFoundAccount,
} from "../../src/state/setup";
import { ofThunderbird } from "../../src/ipc/memory/managing";
import { helpFor, troubleOf } from "../../src/state/troubles";
import { hasWords } from "../../src/words";

const trouble = (kind: TroubleKind) => ({ kind, sentence: "It does not work.", detail: null });
const failed = (kind: TroubleKind): AccountView => ({
  ...lenaAccount(),
  activity: { kind: "failed", trouble: trouble(kind) },
});

describe("an account", () => {
  it("is called by its name, or by its address", () => {
    expect(called(lenaAccount())).toBe("lena@nordlicht.example");
    expect(called({ ...lenaAccount(), label: "Office" })).toBe("Office");
  });
  it("is in trouble only while it is switched on", () => {
    expect(troubleIn(failed("wrongPassword"))?.kind).toBe("wrongPassword");
    expect(troubleIn({ ...failed("wrongPassword"), disabled: true })).toBeNull();
    expect(troubleIn({ ...lenaAccount(), activity: { kind: "offline", since: 0 } })).toBeNull();
  });
  it("offers the sheet that helps with what is wrong", () => {
    expect(mendingOf(trouble("wrongPassword"))).toBe("signIn");
    expect(mendingOf(trouble("changedCertificate"))).toBe("servers");
    expect(mendingOf(trouble("refused"))).toBe("none");
  });
  it("sends nothing while it is switched off", () => {
    expect(canSend(lenaAccount())).toBe(true);
    expect(canSend({ ...lenaAccount(), disabled: true })).toBe(false);
  });
  it("keeps a number of minutes that the command line chose among the choices", () => {
    expect(checkChoices({ ...lenaAccount(), checkMinutes: 7 })).toEqual([
      "usual",
      "1",
      "5",
      "7",
      "15",
      "30",
      "60",
    ]);
    expect([minutesOf("usual"), minutesOf("7")]).toEqual([null, 7]);
  });
  it("gives folders to choose from, without the inbox and without what holds folders only", () => {
    const folder = (id: string, role: "inbox" | "sent" | null, selectable = true) => ({
      id,
      account: "lena",
      parent: null,
      name: id,
      role,
      selectable,
      hidden: false,
      total: 0,
      unread: 0,
    });
    const all = [
      folder("in", "inbox"),
      folder("sent", "sent"),
      folder("own", null),
      folder("place", null, false),
    ];
    expect(candidates(all, "lena").map(({ id }) => id)).toEqual(["sent", "own"]);
    expect(candidates(all, "post")).toEqual([]);
  });
});

describe("the order of accounts", () => {
  const order = ["a", "b", "c"];
  it("changes by a drop on another one, in both directions", () => {
    expect(reordered(order, "a", "c")).toEqual(["b", "c", "a"]);
    expect(reordered(order, "c", "a")).toEqual(["c", "a", "b"]);
  });
  it("changes by one with the arrow keys, and ends at the ends", () => {
    expect(reordered(order, "b", -1)).toEqual(["b", "a", "c"]);
    expect(reordered(order, "b", 1)).toEqual(["a", "c", "b"]);
    expect(reordered(order, "a", -1)).toBe(order);
    expect(reordered(order, "c", 1)).toBe(order);
    expect(reordered(order, "gone", "a")).toBe(order);
  });
});

describe("passwords typed again", () => {
  const { incoming, outgoing } = lenaAccount();
  if (incoming === null || outgoing === null) throw new Error("Lena has servers.");
  const doorways: DoorwayView[] = [
    { door: { kind: "incoming" }, server: incoming, own: true, provider: null, issuer: null },
    { door: { kind: "outgoing" }, server: outgoing, own: false, provider: null, issuer: null },
    {
      door: { kind: "identity", identity: "choir" },
      server: outgoing,
      own: true,
      provider: null,
      issuer: null,
    },
  ];
  it("have one field for both servers unless the person wants two", () => {
    expect(sharesPassword(doorways)).toBe(true);
    expect(fields(doorways, false)).toHaveLength(2);
    expect(fields(doorways, true)).toHaveLength(3);
  });
  it("leave out what was left empty", () => {
    expect(hasTyped({ incoming: "", choir: "" })).toBe(false);
    expect(formOf({ incoming: "a", outgoing: "", choir: "b" })).toEqual({
      incoming: "a",
      outgoing: null,
      identities: [{ identity: "choir", password: "b" }],
    });
  });
  it("may be saved untried only where nobody has judged them", () => {
    const door = (kind: TroubleKind | null): TriedDoorView => ({
      door: { kind: "incoming" },
      tried: {
        host: "h",
        port: 1,
        reached: kind !== "unreachable",
        encryption: null,
        signedIn: false,
        trouble: kind === null ? null : trouble(kind),
      },
    });
    expect(isOffline([door("unreachable"), door("unreachable")])).toBe(true);
    expect(isOffline([door("unreachable"), door("wrongPassword")])).toBe(false);
    expect(isOffline([door(null)])).toBe(false);
  });
});

describe("other servers", () => {
  it("keep port and encryption together, by the protocol", () => {
    const form = serversOf(postAccount());
    if (form === null) throw new Error("It has servers.");
    expect(changed(form, "incoming", "pop3", { security: "starttls" }).incoming.port).toBe(110);
    expect(changed(form, "outgoing", "smtp", { port: 587 }).outgoing.security).toBe("starttls");
  });
  it("want open eyes for no encryption, and a host", () => {
    const form = serversOf(lenaAccount());
    if (form === null) throw new Error("It has servers.");
    const plain = changed(form, "incoming", "imap", { security: "plain" });
    expect(isReady(form)).toBe(true);
    expect(isReady(plain)).toBe(false);
    expect(isReady({ ...plain, allowPlain: true })).toBe(true);
    expect(isReady(changed(form, "incoming", "imap", { host: " " }))).toBe(false);
    expect(finished({ ...form, password: "" }).password).toBeNull();
  });
  it("accept one certificate at a server, the last one", () => {
    const form = serversOf(lenaAccount());
    if (form === null) throw new Error("It has servers.");
    const refused = (fingerprint: string) => ({
      host: "own.example",
      port: 993,
      flaw: "selfSigned" as const,
      certificate: { fingerprint, names: [], issuer: "", notBefore: 0, notAfter: 0 },
      accepted: null,
      acceptable: true,
    });
    const twice = accepting(accepting(form, refused("AA")), refused("BB"));
    expect(twice.accepted).toEqual([
      { host: "own.example", port: 993, flaw: "selfSigned", fingerprint: "BB" },
    ]);
    const setup = withAccepted(withEmail(freshSetup(), "lena@own.example"), refused("AA"));
    expect(setupForm(setup).accepted).toHaveLength(1);
    expect(withEmail(setup, "jonas@own.example").accepted, "another address is another server").toEqual([]);
  });
  it("are local folders' never", () => {
    expect(serversOf({ ...lenaAccount(), incoming: null, outgoing: null })).toBeNull();
  });
});

describe("an account of Thunderbird's", () => {
  it("fills the form in, and a later search leaves it alone", () => {
    const [imap, pop3] = ofThunderbird();
    if (imap === undefined || pop3 === undefined) throw new Error("There are two.");
    const filled = withFoundAccount(freshSetup(), imap);
    expect(filled).toMatchObject({ email: "lena@harbour.example", name: "Lena Brandt", protocol: "imap" });
    expect(filled.edited).toEqual({ imap: true, pop3: false, smtp: true });
    const other = withFoundAccount(freshSetup(), pop3);
    expect(other.protocol).toBe("pop3");
    expect(other.edited.smtp, "a server that it does not know is looked for").toBe(false);
  });
});

describe("a certificate that changed", () => {
  it("has a sentence and a button of its own", () => {
    const help = helpFor("changedCertificate");
    expect(hasWords(help.sentence) && hasWords(help.button ?? "")).toBe(true);
    expect(troubleOf(trouble("changedCertificate")).kind).toBe("changedCertificate");
  });
});

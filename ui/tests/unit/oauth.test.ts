// Which way one signs in while an account is added, and what a sign-in in the browser is begun with.
import { describe, expect, it } from "vitest";
import type {
  DiscoveryView,
  ServersForm,
  ServerView,
  SignInOfferView,
  TrialView,
  TriedView,
} from "../../src/ipc/backend";
import {
  isGrantRefused,
  isInBrowser,
  isMoveRefused,
  keyOf,
  offerKey,
  offerOf,
  questionOf,
  wantsClient,
  withChoice,
} from "../../src/state/oauth";
import {
  formOf,
  freshSetup,
  problemsIn,
  withEmail,
  withServer,
  type SetupState,
} from "../../src/state/setup";

const well: TriedView = {
  host: "mail.nordlicht.example",
  port: 993,
  reached: true,
  encryption: null,
  signedIn: true,
  trouble: null,
};

const server: ServerView = {
  host: "mail.nordlicht.example",
  port: 993,
  security: "tls",
  username: "lena",
  authentication: "auto",
};
const moved: ServersForm = {
  incoming: server,
  outgoing: server,
  password: null,
  signedIn: null,
  outgoingPassword: null,
  outgoingSignedIn: null,
  accepted: [],
  allowPlain: false,
};
const READY: SignInOfferView = { provider: "Nordlicht", ready: true, ownClient: null, appPassword: null };
const found: DiscoveryView = {
  imap: null,
  pop3: null,
  smtp: null,
  how: { kind: "srv" },
  behind: null,
  encrypted: true,
  hint: null,
  page: null,
  issuer: "https://login.nordlicht.example",
  dissent: [],
  consent: null,
};

function filledIn(offer: SignInOfferView | null = READY): SetupState {
  let state = withEmail(freshSetup(), "lena@nordlicht.example");
  state = withServer(state, "imap", { host: "imap.nordlicht.example", username: "lena" });
  state = withServer(state, "smtp", { host: "smtp.nordlicht.example" });
  state = { ...state, search: { kind: "done", email: state.email, found } };
  return { ...state, offer: { key: offerKey(state), offer } };
}

describe("the way one signs in", () => {
  it("is the browser where everything is ready, unless the person wants a password", () => {
    expect(isInBrowser(filledIn())).toBe(true);
    expect(isInBrowser({ ...filledIn(), way: "password" })).toBe(false);
    expect(isInBrowser(filledIn(null))).toBe(false);
    const bare = { ...READY, ready: false };
    expect(isInBrowser(filledIn(bare))).toBe(false);
    expect(wantsClient({ ...filledIn(bare), way: "browser" })).toBe(true);
  });

  it("is not decided by what was offered for other servers", () => {
    const moved = withServer(filledIn(), "imap", { host: "imap.fjord.example" });
    expect(offerOf(moved)).toBeNull();
    expect(isInBrowser(moved)).toBe(false);
  });

  it("asks for a password or a client id, and never for both", () => {
    expect(problemsIn(filledIn())).toEqual({});
    expect(problemsIn({ ...filledIn(), way: "password" })).toEqual({ password: "setup-problem-password" });
    const own = { ...filledIn({ ...READY, ready: false }), way: "browser" as const };
    expect(problemsIn(own)).toEqual({ client: "setup-problem-client" });
    expect(problemsIn({ ...own, client: { id: " mine ", secret: "" } })).toEqual({});
  });

  it("is gone again when a server does not take what was granted, and not when it refuses a password", () => {
    const refused: TriedView = {
      ...well,
      signedIn: false,
      trouble: { kind: "wrongPassword", sentence: "The server does not take the token.", detail: null },
    };
    const check: TrialView = { incoming: well, outgoing: refused };
    expect(isGrantRefused(filledIn(), check)).toBe(true);
    expect(isGrantRefused(filledIn(), { incoming: well, outgoing: well })).toBe(false);
    expect(isGrantRefused({ ...filledIn(), separatePassword: true }, check)).toBe(false);
    expect(isGrantRefused({ ...filledIn(), way: "password" }, check)).toBe(false);
  });

  it("of other servers is gone as well, at the side that was shown it", () => {
    const ended: TriedView = {
      ...well,
      signedIn: false,
      trouble: { kind: "signInEnded", sentence: "The server does not take the token.", detail: null },
    };
    const away: TriedView = {
      ...ended,
      trouble: { kind: "unreachable", sentence: "Nobody answers.", detail: null },
    };
    const form = { ...moved, signedIn: "7" };
    expect(isMoveRefused(form, { incoming: ended, outgoing: well })).toBe(true);
    expect(isMoveRefused(form, { incoming: well, outgoing: ended })).toBe(true);
    expect(isMoveRefused(form, { incoming: away, outgoing: well })).toBe(false);
    expect(isMoveRefused(moved, { incoming: ended, outgoing: ended })).toBe(false);
    const typed = { ...form, outgoingPassword: "of the other one" };
    expect(isMoveRefused(typed, { incoming: well, outgoing: ended })).toBe(false);
    const other = { ...moved, outgoingSignedIn: "8" };
    expect(isMoveRefused(other, { incoming: well, outgoing: ended })).toBe(true);
    expect(isMoveRefused(other, { incoming: ended, outgoing: well })).toBe(false);
  });

  it("is remembered by what was asked, without the secret", () => {
    const question = questionOf(filledIn(), formOf(filledIn()));
    const secret = { ...question, client: { id: "mine", secret: "whispered" } };
    expect(keyOf(secret)).not.toContain("whispered");
    expect(keyOf(secret)).not.toBe(keyOf({ ...secret, client: { id: "mine", secret: null } }));
    expect(keyOf(secret)).not.toBe(keyOf({ ...secret, hosts: ["imap.fjord.example"] }));
  });

  it("is told with the names of the servers, and the password stays behind", () => {
    const state = { ...filledIn(), password: "typed before" };
    const form = formOf(state);
    expect(form.password).toBe("");
    expect(questionOf(state, form)).toEqual({
      email: "lena@nordlicht.example",
      usernames: ["lena", "lena@nordlicht.example"],
      hosts: ["imap.nordlicht.example", "smtp.nordlicht.example"],
      issuer: "https://login.nordlicht.example",
      client: null,
    });
    const own = {
      ...filledIn({ ...READY, ready: false }),
      way: "browser" as const,
      client: { id: " mine ", secret: " " },
    };
    expect(questionOf(own, form).client).toEqual({ id: "mine", secret: null });
  });

  it("may be another one for the server that sends", () => {
    const before: SetupState = { ...filledIn(null), separatePassword: true };
    const apart = {
      ...before,
      offer: { key: offerKey(before), offer: READY },
      sending: {
        ...before.sending,
        offer: { key: offerKey(before, "outgoing"), offer: { ...READY, provider: "Fjord" } },
      },
    };
    expect(offerOf(apart)?.provider).toBe("Nordlicht");
    expect(offerOf(apart, "outgoing")?.provider).toBe("Fjord");
    expect(problemsIn(apart)).toEqual({});
    const named = withServer(apart, "smtp", { username: "jonas@fjord.example" });
    const form = formOf(named);
    expect(form.outgoingPassword).toBeNull();
    expect(questionOf(named, form).hosts).toEqual(["imap.nordlicht.example"]);
    expect(questionOf(named, form, "outgoing")).toEqual({
      email: "jonas@fjord.example",
      usernames: ["jonas@fjord.example"],
      hosts: ["smtp.nordlicht.example"],
      issuer: "https://login.nordlicht.example",
      client: null,
    });
    const typed = withChoice(apart, "outgoing", { way: "password" });
    expect(problemsIn(typed)).toEqual({ outgoingPassword: "setup-problem-password" });
    expect(
      problemsIn({ ...typed, separatePassword: false }),
      "and goes with the other one again",
    ).toHaveProperty("password");
  });
});

// Which way one signs in while an account is added, and what a sign-in in the browser is begun with.
import { describe, expect, it } from "vitest";
import type { DiscoveryView, SignInOfferView, TrialView, TriedView } from "../../src/ipc/backend";
import {
  isGrantRefused,
  isInBrowser,
  offerKey,
  offerOf,
  questionOf,
  wantsClient,
} from "../../src/state/oauth";
import {
  formOf,
  freshSetup,
  problemsIn,
  withEmail,
  withServer,
  type SetupState,
} from "../../src/state/setup";

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
    const well: TriedView = {
      host: "mail.nordlicht.example",
      port: 993,
      reached: true,
      encryption: null,
      signedIn: true,
      trouble: null,
    };
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
});

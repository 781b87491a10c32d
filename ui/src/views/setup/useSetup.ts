// The setup screen's thread: what is typed, the search that follows the address, and the way from "Add account" past
// the vault and the plain-text question to both sign-ins. The rules themselves are in state/setup.ts.
import { useEffect, useRef, useState } from "react";
import {
  addDemo,
  checkThenAdd,
  tryOut,
  discover,
  endSearch,
  knock,
  lookAtVault,
  onlyLocalFolders,
  type Added,
} from "../../actions/setup";
import { giveUp, grant } from "../../actions/oauth";
import type { SignInForm, TrialView, TroubleView, VaultView } from "../../ipc/backend";
import { blanksIn, serversToLookAt, withKnocked } from "../../state/finding";
import { isGrantRefused, isInBrowser, keyOf, offerOf, questionOf } from "../../state/oauth";
import {
  formOf,
  freshSetup,
  needsManual,
  problemsIn,
  problemsWhileTyping,
  searchable,
  speaksPlainly,
  stillToFind,
  withFound,
  type Field,
  type Problems,
  type SetupState,
  type Which,
} from "../../state/setup";
import { toast } from "../../state/toasts";
import { say } from "../../words";
import { useOffer } from "./useOffer";

/** How long nothing is typed before servers are looked for: the search itself is quick. */
const PAUSE = 250;

export type Trial =
  | { kind: "none" }
  /** Add was pressed before the servers were found; it goes on when they are. */
  | { kind: "finding" }
  /** Blanks of the form are being found out. */
  | { kind: "detecting" }
  /** The door for the browser is being opened. */
  | { kind: "opening"; provider: string }
  /** The person is in the browser. */
  | { kind: "browser"; provider: string; id: string; address: string }
  | { kind: "checking" }
  | { kind: "saving" }
  | { kind: "demo" }
  | { kind: "checked"; check: TrialView; asked: Purpose }
  | { kind: "failed"; trouble: TroubleView };

/** What a press was for: an account, one although no letters may be sent from its address, or only to see. */
export type Purpose = "add" | "add-mute" | "test";

export interface Setup {
  state: SetupState;
  change: (step: (state: SetupState) => SetupState) => void;
  problems: Problems;
  /** A field was left, so that it may be said what is wrong with it. */
  touch: (field: Field) => void;
  trial: Trial;
  busy: boolean;
  /** The vault that has to be opened before a password can be kept. */
  vault: VaultView | null;
  setVault: (vault: VaultView | null) => void;
  /** The names that only DNS vouches for are to be looked at first. */
  lookAsked: boolean;
  askLook: (asked: boolean) => void;
  /** A further host may hear the address. */
  consent: (host: string) => void;
  /** Finds out port and encryption of a server that has a name. */
  detect: (which: Which) => void;
  detecting: Which | null;
  /** The question about an unprotected connection, and for which server it was chosen; null asks for all of them. */
  plainAsked: { which: Which | null } | null;
  askPlain: (asked: boolean, which?: Which) => void;
  searchAgain: () => void;
  /** Tries both servers and, unless it was only to see, adds the account. */
  begin: (purpose: Purpose) => void;
  /** The same once more, after a question was answered or something was mended. */
  goOn: (state?: SetupState) => void;
  /** Providers whose answer depends on the whole address may be told it. */
  tellAddress: () => void;
  /** Nobody waits for the browser any more. */
  stopWaiting: () => void;
  demo: () => void;
  /** Folders of this computer, and no account. */
  local: () => void;
}

export function useSetup(onDone: (account: string) => void, onProblems: (problems: Problems) => void): Setup {
  const [state, setState] = useState(freshSetup);
  // The newest state, so that a keystroke and an answer of the engine in the same moment do not overwrite each other.
  const latest = useRef(state);
  const put = (step: (state: SetupState) => SetupState) => {
    latest.current = step(latest.current);
    setState(latest.current);
    // What is mended stops being red at once, whoever has mended it: the person, or a search that has filled in the field. New red
    // comes only with the next press on Add.
    const still = problemsIn(latest.current);
    setProblems((now) => Object.fromEntries(Object.entries(now).filter(([field]) => field in still)));
  };
  const [problems, setProblems] = useState<Problems>({});
  const [touched, setTouched] = useState<ReadonlySet<Field>>(new Set());
  const [trial, setTrial] = useState<Trial>({ kind: "none" });
  const [vault, setVault] = useState<VaultView | null>(null);
  const [plainAsked, setPlainAsked] = useState<Setup["plainAsked"]>(null);
  const askPlain = (asked: boolean, which?: Which) => setPlainAsked(asked ? { which: which ?? null } : null);
  const [lookAsked, askLook] = useState(false);
  const [detecting, setDetecting] = useState<Which | null>(null);
  const [round, setRound] = useState(0);
  const alive = useRef(true);
  const gone = () => !alive.current;
  /** The sign-in for which the browser is waited for, and what came of the last ones, by what was asked. */
  const underWay = useRef<string | null>(null);
  const isWaiting = useRef(false);
  const granted = useRef(new Map<string, string>());
  // No secret is kept as a part of what was asked: what was granted with another one counts no more.
  useEffect(() => granted.current.clear(), [state.client.secret, state.sending.client.secret]);
  useEffect(() => {
    alive.current = true;
    return () => {
      alive.current = false;
      if (underWay.current !== null) giveUp(underWay.current);
    };
  }, []);

  useOffer(state, "incoming", put);
  useOffer(state, "outgoing", put);

  const email = searchable(state.email);
  useEffect(() => {
    if (email === null) return;
    let current = true;
    let asking = false;
    const look = async () => {
      put((now) => ({ ...now, search: { kind: "searching", email } }));
      asking = true;
      const answer = await discover(email, latest.current.consented, latest.current.tellAddress);
      asking = false;
      if (!current) return;
      put((now) =>
        answer.kind === "found"
          ? withFound(now, email, answer.found)
          : { ...now, search: { ...answer, email } },
      );
    };
    const timer = setTimeout(() => void look(), PAUSE);
    return () => {
      current = false;
      clearTimeout(timer);
      if (asking) endSearch();
    };
  }, [email, round]);

  const change = (step: (state: SetupState) => SetupState) => {
    put(step);
    setTrial((now) =>
      now.kind === "checked" || now.kind === "failed" || now.kind === "finding" ? { kind: "none" } : now,
    );
  };

  /** What a named server offers, put into the form. Gives whether anybody was there. */
  const fillIn = async (which: Which) => {
    const { email: typed, servers } = latest.current;
    const found = await knock(typed.trim(), which, servers[which].host.trim());
    if (found !== null && !gone()) put((now) => withKnocked(now, which, found));
    return found !== null;
  };

  // What the last press was for: it goes on after a question, or when the servers are found.
  const purpose = useRef<Purpose>("add");

  /** What was granted in the browser for this question. Where it was granted already, nobody is asked again. */
  const signedInFor = async (question: SignInForm, provider: string): Promise<string | null> => {
    const key = keyOf(question);
    const known = granted.current.get(key);
    if (known !== undefined) return known;
    setTrial({ kind: "opening", provider });
    isWaiting.current = true;
    const outcome = await grant(question, {
      wanted: () => isWaiting.current && !gone(),
      began: (begun) => {
        underWay.current = begun.id;
        setTrial({ kind: "browser", provider, ...begun });
      },
    });
    underWay.current = null;
    if (gone()) return null;
    if (outcome.kind !== "granted") {
      setTrial(outcome.kind === "stopped" ? { kind: "none" } : outcome);
      return null;
    }
    // The engine remembers two.
    granted.current = new Map([...granted.current].slice(-1));
    granted.current.set(key, outcome.signIn);
    return outcome.signIn;
  };

  const stopWaiting = () => {
    isWaiting.current = false;
    if (underWay.current !== null) giveUp(underWay.current);
    underWay.current = null;
  };

  const run = async (from: SetupState) => {
    const blanks = from.manual && searchable(from.email) !== null ? blanksIn(from) : [];
    if (blanks.length > 0) {
      setTrial({ kind: "detecting" });
      const answers = await Promise.all(blanks.map(fillIn));
      if (gone()) return;
      setTrial({ kind: "none" });
      // Nobody there: the blank is a problem, as it always was.
      if (answers.every(Boolean)) return run(latest.current);
    }
    const found = problemsIn(from);
    setProblems(found);
    if (Object.keys(found).length > 0) {
      if (needsManual(found)) put((now) => ({ ...now, manual: true }));
      onProblems(found);
      return;
    }
    if (!from.manual && stillToFind(from)) {
      setTrial({ kind: "finding" });
      return;
    }
    if (serversToLookAt(from).length > 0) {
      askLook(true);
      return;
    }
    if (speaksPlainly(from) && !from.allowPlain) {
      askPlain(true);
      return;
    }
    const wanted = purpose.current;
    setTrial({ kind: "checking" });
    // What is only tried is not kept, and needs no vault.
    if (wanted !== "test") {
      const opened = await lookAtVault();
      if (gone()) return;
      if (opened.kind === "failed") {
        setTrial(opened);
        return;
      }
      if (opened.vault.kind !== "open") {
        setTrial({ kind: "none" });
        setVault(opened.vault);
        return;
      }
    }
    const form = formOf(from);
    for (const side of ["incoming", "outgoing"] as const) {
      if (!isInBrowser(from, side)) continue;
      const provider = offerOf(from, side)?.provider ?? "";
      const signedIn = await signedInFor(questionOf(from, form, side), provider);
      if (signedIn === null) return;
      form[side === "incoming" ? "signedIn" : "outgoingSignedIn"] = signedIn;
      setTrial({ kind: "checking" });
    }
    const outcome =
      wanted === "test"
        ? await tryOut(form)
        : await checkThenAdd(form, wanted === "add-mute", () => setTrial({ kind: "saving" }));
    if (outcome.kind === "added") {
      onDone(outcome.account);
      return;
    }
    // What was granted may be what is wrong with it: the next press asks the browser again.
    if (outcome.kind === "failed" || isGrantRefused(from, outcome.check)) granted.current.clear();
    if (!gone()) setTrial(outcome.kind === "checked" ? { ...outcome, asked: wanted } : outcome);
  };

  const found = trial.kind === "finding" && !stillToFind(state);
  useEffect(() => {
    if (!found) return;
    setTrial({ kind: "none" });
    void run(latest.current);
    // It goes on once, at the moment at which the search ended, with what the form holds then.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [found]);

  const without = async (add: () => Promise<Added>) => {
    setTrial({ kind: "demo" });
    const outcome = await add();
    if (outcome.kind === "added") {
      onDone(outcome.account);
      return;
    }
    if (!gone() && outcome.kind === "failed") setTrial(outcome);
  };

  return {
    state,
    change,
    problems: { ...problemsWhileTyping(state, touched), ...problems },
    touch: (field) => setTouched((now) => (now.has(field) ? now : new Set([...now, field]))),
    trial,
    busy:
      trial.kind === "finding" ||
      trial.kind === "detecting" ||
      trial.kind === "opening" ||
      trial.kind === "browser" ||
      trial.kind === "checking" ||
      trial.kind === "saving" ||
      trial.kind === "demo",
    vault,
    setVault,
    lookAsked,
    askLook,
    consent: (host) => {
      put((now) => ({ ...now, consented: [...now.consented, host] }));
      setRound((now) => now + 1);
    },
    detect: (which) => {
      setDetecting(which);
      void fillIn(which).then((found) => {
        if (gone()) return;
        setDetecting(null);
        if (!found) toast(say("setup-detect-nothing", { server: latest.current.servers[which].host }));
      });
    },
    detecting,
    plainAsked,
    askPlain,
    searchAgain: () => setRound((now) => now + 1),
    begin: (wanted) => {
      purpose.current = wanted;
      void run(latest.current);
    },
    goOn: (from = latest.current) => void run(from),
    tellAddress: () => {
      put((now) => ({ ...now, tellAddress: true }));
      setRound((now) => now + 1);
    },
    stopWaiting,
    demo: () => void without(addDemo),
    local: () => void without(onlyLocalFolders),
  };
}

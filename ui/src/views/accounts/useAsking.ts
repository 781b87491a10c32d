// The browser is asked for a sign-in that a sheet needs before its servers are tried: one at a time, and what came of the last ones is
// remembered by what was asked.
import { useCallback, useEffect, useRef, useState } from "react";
import { giveUp, grant } from "../../actions/oauth";
import type { SignInForm, TroubleView } from "../../ipc/backend";
import { keyOf } from "../../state/oauth";

export interface Waiting {
  provider: string;
  address: string;
}

/** Null where nobody wants it any more. */
export type Asked = { signIn: string } | TroubleView | null;

export interface Asking {
  /** The page that the browser has just now. */
  waiting: Waiting | null;
  stop: () => void;
  ask: (question: SignInForm, provider: string) => Promise<Asked>;
  /** What was granted may be what is wrong: the next press asks the browser again. */
  forget: () => void;
}

export function useAsking(): Asking {
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const wanted = useRef(false);
  const underWay = useRef<string | null>(null);
  const known = useRef(new Map<string, string>());
  const forget = useCallback(() => known.current.clear(), []);
  const drop = () => {
    wanted.current = false;
    if (underWay.current !== null) giveUp(underWay.current);
    underWay.current = null;
  };
  // The sheet may be shut while the browser is open.
  useEffect(() => drop, []);
  const ask = async (question: SignInForm, provider: string): Promise<Asked> => {
    const key = keyOf(question);
    const before = known.current.get(key);
    if (before !== undefined) return { signIn: before };
    wanted.current = true;
    const outcome = await grant(question, {
      wanted: () => wanted.current,
      began: ({ id, address }) => {
        underWay.current = id;
        setWaiting({ provider, address });
      },
    });
    underWay.current = null;
    setWaiting(null);
    if (outcome.kind === "stopped") return null;
    if (outcome.kind === "failed") return outcome.trouble;
    // The engine remembers two.
    known.current = new Map([...known.current].slice(-1));
    known.current.set(key, outcome.signIn);
    return { signIn: outcome.signIn };
  };
  const stop = () => {
    drop();
    setWaiting(null);
  };
  return { waiting, stop, ask, forget };
}

/** The client id or secret is another one: no secret is kept as a part of what was asked, so what was granted with it counts no more. */
export function useForgetting({ forget }: Pick<Asking, "forget">, secret: string): void {
  useEffect(forget, [forget, secret]);
}

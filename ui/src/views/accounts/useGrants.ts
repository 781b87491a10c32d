// The sign-ins in the browser that other servers of an account need before they are tried: chosen for each side, asked for one after
// the other, and remembered as long as the server stays the same.
import { useEffect, useRef, useState } from "react";
import { giveUp, grant, offerFor } from "../../actions/oauth";
import type { AccountView, ServersForm, SignInOfferView, TroubleView } from "../../ipc/backend";
import { clientOf, keyOf, personAt, type TypedClient } from "../../state/oauth";
import type { Side } from "../../state/servers";
import { isHost } from "../../state/setup";

/** How one of the servers is signed in to: null leaves what is known. */
export interface SideWay {
  offer: SignInOfferView | null;
  /** The server for which that is offered. */
  host: string;
  inBrowser: boolean;
  client: TypedClient;
}

export interface Waiting {
  provider: string;
  address: string;
}

export interface Grants {
  ways: Record<Side, SideWay>;
  put: (side: Side, way: Partial<SideWay>) => void;
  /** The page that the browser has just now. */
  waiting: Waiting | null;
  stop: () => void;
  /** Gives the form with what was granted; null where nobody wants it any more. */
  granted: (form: ServersForm) => Promise<ServersForm | TroubleView | null>;
  /** What was granted may be what is wrong: the next press asks the browser again. */
  forget: () => void;
}

const FRESH: SideWay = { offer: null, host: "", inBrowser: false, client: { id: "", secret: "" } };

export function useGrants(account: AccountView, form: ServersForm | null, apart: boolean): Grants {
  const [ways, setWays] = useState<Record<Side, SideWay>>({ incoming: FRESH, outgoing: FRESH });
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const wanted = useRef(false);
  const underWay = useRef<string | null>(null);
  const known = useRef(new Map<string, string>());
  const forget = () => known.current.clear();
  // No secret is kept as a part of what was asked: what was granted with another one counts no more.
  useEffect(() => known.current.clear(), [ways.incoming.client.secret, ways.outgoing.client.secret]);
  const put = (side: Side, way: Partial<SideWay>) =>
    setWays((now) => ({ ...now, [side]: { ...now[side], ...way } }));
  const stop = () => {
    wanted.current = false;
    if (underWay.current !== null) giveUp(underWay.current);
    underWay.current = null;
    setWaiting(null);
  };
  useEffect(
    () => () => {
      wanted.current = false;
      if (underWay.current !== null) giveUp(underWay.current);
    },
    [],
  );
  const read = form?.incoming.host.trim() ?? "";
  const sent = form?.outgoing.host.trim() ?? "";
  const offered = (side: Side, host: string) => (offer: SignInOfferView | null) =>
    put(side, { offer, host, ...(offer === null ? { inBrowser: false } : {}) });
  useOfferAt(read, offered("incoming", read));
  useOfferAt(sent, offered("outgoing", sent));

  const granted = async (from: ServersForm): Promise<ServersForm | TroubleView | null> => {
    const next = { ...from };
    for (const side of ["incoming", "outgoing"] as const) {
      const { inBrowser, client, ...asked } = ways[side];
      if (!inBrowser) continue;
      const host = next[side].host.trim();
      // A name that was typed just now may be another provider's.
      const offer = asked.host === host ? asked.offer : await offerFor([host], null);
      if (offer === null) continue;
      const hosts = [host];
      // One sign-in is for both, where nothing says otherwise.
      if (
        side === "incoming" &&
        !apart &&
        !ways.outgoing.inBrowser &&
        (await offerFor([read, sent], null)) !== null
      )
        hosts.push(sent);
      const servers = hosts.length === 2 ? [next.incoming, next.outgoing] : [next[side]];
      const usernames = servers.map(({ username }) => username.trim() || account.email);
      const question = {
        email: side === "outgoing" ? personAt(usernames[0] ?? "", account.email) : account.email,
        usernames: [...new Set(usernames)],
        hosts: [...new Set(hosts)],
        issuer: null,
        client: offer.ready ? null : clientOf(client),
      };
      const key = keyOf(question);
      const before = known.current.get(key);
      if (before === undefined) {
        wanted.current = true;
        const outcome = await grant(question, {
          wanted: () => wanted.current,
          began: ({ id, address }) => {
            underWay.current = id;
            setWaiting({ provider: offer.provider, address });
          },
        });
        underWay.current = null;
        setWaiting(null);
        if (outcome.kind === "stopped") return null;
        if (outcome.kind === "failed") return outcome.trouble;
        // The engine remembers two.
        known.current = new Map([...known.current].slice(-1));
        known.current.set(key, outcome.signIn);
      }
      next[side === "incoming" ? "signedIn" : "outgoingSignedIn"] = known.current.get(key) ?? null;
    }
    return next;
  };
  return { ways, put, waiting, stop, granted, forget };
}

/** What there is at this server, asked anew whenever it is another one. */
function useOfferAt(host: string, told: (offer: SignInOfferView | null) => void): void {
  const tell = useRef(told);
  useEffect(() => {
    tell.current = told;
  });
  useEffect(() => {
    let current = true;
    void (isHost(host) ? offerFor([host], null) : Promise.resolve(null)).then((offer) => {
      if (current) tell.current(offer);
    });
    return () => void (current = false);
  }, [host]);
}

// The sign-ins in the browser that other servers of an account need before they are tried: chosen for each side, asked for one after
// the other, and remembered as long as the server stays the same.
import { useState } from "react";
import { offerFor } from "../../actions/oauth";
import type { AccountView, ServersForm, SignInOfferView, TroubleView } from "../../ipc/backend";
import { clientOf, personAt, type TypedClient } from "../../state/oauth";
import type { Side } from "../../state/servers";
import { useAsking, useForgetting, type Waiting } from "./useAsking";
import { useOfferAt } from "./useOfferAt";

/** How one of the servers is signed in to: in the browser, or by what is typed or known. */
export interface ServerWay {
  offer: SignInOfferView | null;
  /** The server for which that is offered. */
  host: string;
  inBrowser: boolean;
  client: TypedClient;
}

export interface Grants {
  ways: Record<Side, ServerWay>;
  put: (side: Side, way: Partial<ServerWay>) => void;
  /** The page that the browser has just now. */
  waiting: Waiting | null;
  stop: () => void;
  /** Gives the form with what was granted; null where nobody wants it any more. */
  granted: (form: ServersForm) => Promise<ServersForm | TroubleView | null>;
  /** What was granted may be what is wrong: the next press asks the browser again. */
  forget: () => void;
}

/** What is known of the account's servers. */
export interface Known {
  /** Sending has something of its own. */
  apart: boolean;
  /** Whose page opens each of them now. It may be the one for the new server too, and nobody else could say so. */
  issuers: Record<Side, string | null>;
}

export const FRESH: ServerWay = { offer: null, host: "", inBrowser: false, client: { id: "", secret: "" } };

/** What is offered at a host. Whose client was typed for one provider is told to no other one. */
export function withOffer(way: ServerWay, host: string, offer: SignInOfferView | null): ServerWay {
  return {
    offer,
    host,
    inBrowser: way.inBrowser && offer !== null,
    client: offer?.provider === way.offer?.provider ? way.client : FRESH.client,
  };
}

export function useGrants(account: AccountView, form: ServersForm | null, { apart, issuers }: Known): Grants {
  const [ways, setWays] = useState<Record<Side, ServerWay>>({ incoming: FRESH, outgoing: FRESH });
  const asking = useAsking();
  useForgetting(asking, ways.incoming.client.secret);
  useForgetting(asking, ways.outgoing.client.secret);
  const put = (side: Side, way: Partial<ServerWay>) =>
    setWays((now) => ({ ...now, [side]: { ...now[side], ...way } }));
  const read = form?.incoming.host.trim() ?? "";
  const sent = form?.outgoing.host.trim() ?? "";
  const offered = (side: Side, host: string) => (offer: SignInOfferView | null) =>
    setWays((now) => ({ ...now, [side]: withOffer(now[side], host, offer) }));
  useOfferAt(read, issuers.incoming, offered("incoming", read));
  useOfferAt(sent, issuers.outgoing, offered("outgoing", sent));

  const granted = async (from: ServersForm): Promise<ServersForm | TroubleView | null> => {
    const next = { ...from };
    for (const side of ["incoming", "outgoing"] as const) {
      const way = ways[side];
      if (!way.inBrowser) continue;
      const host = next[side].host.trim();
      const issuer = issuers[side];
      // A name that was typed just now may be another provider's.
      const offer = way.host === host ? way.offer : await offerFor([host], issuer);
      if (offer === null) continue;
      const { client } = withOffer(way, host, offer);
      const hosts = [host];
      // One sign-in is for both, where nothing says otherwise.
      if (
        side === "incoming" &&
        !apart &&
        !ways.outgoing.inBrowser &&
        (await offerFor([read, sent], issuer)) !== null
      )
        hosts.push(sent);
      const servers = hosts.length === 2 ? [next.incoming, next.outgoing] : [next[side]];
      const usernames = servers.map(({ username }) => username.trim() || account.email);
      const question = {
        email: side === "outgoing" ? personAt(usernames[0] ?? "", account.email) : account.email,
        usernames: [...new Set(usernames)],
        hosts: [...new Set(hosts)],
        issuer,
        client: offer.ready ? null : clientOf(client),
      };
      const outcome = await asking.ask(question, offer.provider);
      if (outcome === null || "sentence" in outcome) return outcome;
      next[side === "incoming" ? "signedIn" : "outgoingSignedIn"] = outcome.signIn;
    }
    return next;
  };
  const { waiting, stop, forget } = asking;
  return { ways, put, waiting, stop, granted, forget };
}

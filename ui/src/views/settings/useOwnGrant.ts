// The sign-in in the browser that the own server of an address needs before it is tried or kept.
import { useState } from "react";
import { offerFor } from "../../actions/oauth";
import type { IdentityForm, TroubleView } from "../../ipc/backend";
import { clientOf, personAt } from "../../state/oauth";
import { useAsking, useForgetting, type Asking } from "../accounts/useAsking";
import { FRESH, withOffer, type ServerWay } from "../accounts/useGrants";
import { useOfferAt } from "../accounts/useOfferAt";

export interface OwnGrant extends Pick<Asking, "waiting" | "stop" | "forget"> {
  way: ServerWay;
  put: (way: Partial<ServerWay>) => void;
  /** Gives the form with what was granted; null where nobody wants it any more. */
  granted: (form: IdentityForm) => Promise<IdentityForm | TroubleView | null>;
}

/** `issuer` is whose page opens the server now, where that is known. */
export function useOwnGrant(form: IdentityForm, issuer: string | null): OwnGrant {
  const [way, setWay] = useState<ServerWay>(FRESH);
  const asking = useAsking();
  useForgetting(asking, way.client.secret);
  const put = (part: Partial<ServerWay>) => setWay((now) => ({ ...now, ...part }));
  const host = form.outgoing?.host.trim() ?? "";
  useOfferAt(host, issuer, (offer) => setWay((now) => withOffer(now, host, offer)));

  const granted = async (from: IdentityForm): Promise<IdentityForm | TroubleView | null> => {
    if (!way.inBrowser || from.outgoing === null) return from;
    // A name that was typed just now may be another provider's.
    const offer = way.host === host ? way.offer : await offerFor([host], issuer);
    if (offer === null) return from;
    const email = from.email.trim();
    const username = from.outgoing.username.trim() || email;
    const question = {
      email: personAt(username, email),
      usernames: [username],
      hosts: [host],
      issuer,
      client: offer.ready ? null : clientOf(withOffer(way, host, offer).client),
    };
    const outcome = await asking.ask(question, offer.provider);
    if (outcome === null || "sentence" in outcome) return outcome;
    return { ...from, password: null, signedIn: outcome.signIn };
  };
  const { waiting, stop, forget } = asking;
  return { way, put, waiting, stop, forget, granted };
}

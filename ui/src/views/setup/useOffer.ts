// Asks what there is for the servers that are chosen now, as often as they change, and puts it into the form. Nobody is asked but the
// engine.
import { useEffect, useRef } from "react";
import { offerFor } from "../../actions/oauth";
import { hostsOf, issuerOf, offerKey, withChoice } from "../../state/oauth";
import type { Side } from "../../state/servers";
import type { SetupState } from "../../state/setup";

export function useOffer(
  state: SetupState,
  side: Side,
  put: (step: (state: SetupState) => SetupState) => void,
): void {
  const asked = offerKey(state, side);
  const latest = useRef(state);
  const into = useRef(put);
  useEffect(() => {
    latest.current = state;
    into.current = put;
  });
  useEffect(() => {
    let current = true;
    const hosts = hostsOf(latest.current, side);
    const answer = hosts.length === 0 ? Promise.resolve(null) : offerFor(hosts, issuerOf(latest.current));
    void answer.then((offer) => {
      if (current) into.current((now) => withChoice(now, side, { offer: { key: asked, offer } }));
    });
    return () => void (current = false);
  }, [asked, side]);
}

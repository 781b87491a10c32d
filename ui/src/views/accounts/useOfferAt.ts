// What there is at a server whose name is typed in a sheet, asked of the engine anew whenever it is another one.
import { useEffect, useRef } from "react";
import { offerFor } from "../../actions/oauth";
import type { SignInOfferView } from "../../ipc/backend";
import { isHost } from "../../state/setup";

export function useOfferAt(
  host: string,
  issuer: string | null,
  told: (offer: SignInOfferView | null) => void,
): void {
  const tell = useRef(told);
  useEffect(() => {
    tell.current = told;
  });
  useEffect(() => {
    let current = true;
    void (isHost(host) ? offerFor([host], issuer) : Promise.resolve(null)).then((offer) => {
      if (current) tell.current(offer);
    });
    return () => void (current = false);
  }, [host, issuer]);
}

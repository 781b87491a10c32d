// Whose page one can sign in at, in memory. The server decides: at browser.… everything is ready, at nobrowser.… this build has no
// client id, at elsewhere.… another provider is, and at described.… it is known once the domain was asked.
import type { SignInOfferView } from "../backend";

export function offer(hosts: string[], isAsked = false): SignInOfferView | null {
  const known = (name: string) => hosts.length > 0 && hosts.every((host) => host.split(".").includes(name));
  if (known("browser")) return { provider: "Nordlicht", ready: true, ownClient: null, appPassword: null };
  if (known("described") && isAsked)
    return { provider: "login.nordlicht.example", ready: true, ownClient: null, appPassword: null };
  if (known("elsewhere")) return { provider: "Fjord", ready: true, ownClient: null, appPassword: null };
  if (!known("nobrowser")) return null;
  return {
    provider: "Nordlicht",
    ready: false,
    ownClient: "https://login.nordlicht.example/clients",
    appPassword: {
      page: "https://login.nordlicht.example/passwords",
      words:
        "Nordlicht makes a password for mail programs: choose “New password”, type a name such as Waxwing, and copy what is shown.",
    },
  };
}

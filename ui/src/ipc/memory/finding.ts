// Finding servers in memory. The address decides how it goes: plain@… has no encryption, unknown@… is not found,
// byname@… is named by DNS at another domain, others@… is named differently by somebody else, redirected@… needs a
// consent first, switch@… has to be let in by the provider, tokens@… takes no passwords, blank@… is found by its port, shy@… only when its
// domain hears the whole address.
import type { CandidateView, DiscoveryView, HowView, ServiceView, WishesView } from "../backend";

const PORTS: Record<ServiceView, [number, number]> = { imap: [993, 143], pop3: [995, 110], smtp: [465, 25] };
const nothing: DiscoveryView = {
  imap: null,
  pop3: null,
  smtp: null,
  how: { kind: "nothing" },
  behind: null,
  encrypted: false,
  hint: null,
  page: null,
  issuer: null,
  dissent: [],
  consent: null,
};

export function discover(email: string, wishes: WishesView): DiscoveryView {
  const [local = "", domain = ""] = email.split("@");
  if (!domain.includes(".") || local === "unknown") return nothing;
  if (local === "shy" && !wishes.tellAddress) return nothing;
  const elsewhere = "autodiscover.fjord.example";
  if (local === "redirected" && !wishes.consented.includes(elsewhere))
    return { ...nothing, consent: elsewhere };
  const outside = local === "byname";
  const owner = outside ? "fjord.example" : domain;
  const candidate = (name: string, service: ServiceView): CandidateView => {
    const [encrypted, open] = PORTS[service];
    return {
      host: `${name}.${owner}`,
      registered: owner,
      outside,
      port: local === "plain" ? open : encrypted,
      security: local === "plain" ? "plain" : "tls",
      username: email,
      takesPasswords: local !== "tokens",
      vouched: !outside,
    };
  };
  return {
    ...nothing,
    imap: candidate("imap", "imap"),
    pop3: candidate("pop", "pop3"),
    smtp: candidate("smtp", "smtp"),
    how: how(local, domain),
    encrypted: local !== "plain",
    hint: local === "switch" ? "switch-on" : null,
    page: local === "switch" ? `https://help.${domain}/imap` : null,
    dissent: local === "others" ? [{ how: { kind: "srv" }, hosts: [`mail.${domain}`] }] : [],
  };
}

/** Only the door that belongs to the service is open, and encrypted. */
export function knock(email: string, service: ServiceView, host: string): CandidateView | null {
  if (host.startsWith("nobody.")) return null;
  const [port] = PORTS[service];
  return {
    host,
    registered: null,
    outside: false,
    port,
    security: "tls",
    username: email,
    takesPasswords: true,
    vouched: true,
  };
}

function how(local: string, domain: string): HowView {
  if (local === "byname") return { kind: "srv" };
  if (local === "others" || local === "shy") return { kind: "autoconfig", host: `autoconfig.${domain}` };
  if (local === "redirected") return { kind: "autodiscover", host: "autodiscover.fjord.example" };
  return domain.startsWith("nordlicht") ? { kind: "catalogue", provider: "Nordlicht" } : { kind: "probing" };
}

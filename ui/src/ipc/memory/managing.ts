// Accounts after they were added, in memory. What is typed decides how it goes: the password "wrong" is refused, a host
// that begins with "nowhere" is not there, and one that begins with "own" shows a certificate that nobody vouches for.
import type {
  AcceptedView,
  ActivityView,
  CertificateView,
  ChosenRoleView,
  DoorwayView,
  FoundAccountView,
  PasswordsForm,
  RefusedCertificateView,
  RemainderView,
  Role,
  ServersForm,
  ServerView,
  TrialView,
  TriedDoorView,
  TriedView,
} from "../backend";
import { identitiesOf } from "./identities";
import { addLocalFolders, removeAccount } from "./joining";
import { offer } from "./offers";
import { reject, trouble, type World } from "./world";

const GOOD: CertificateView = {
  fingerprint: fingerprint("3C:91"),
  names: ["*.nordlicht.example"],
  issuer: "Harbour Root (Harbour Trust)",
  notBefore: Date.UTC(2026, 0, 12),
  notAfter: Date.UTC(2027, 0, 12),
};
const OWN: CertificateView = {
  fingerprint: fingerprint("A0:17"),
  names: ["own.nordlicht.example"],
  issuer: "own.nordlicht.example",
  notBefore: Date.UTC(2025, 4, 1),
  notAfter: Date.UTC(2035, 4, 1),
};

/** The server shows another certificate than the one that was accepted. */
export function alarm(): ActivityView {
  const certificate: RefusedCertificateView = {
    host: "imap.nordlicht.example",
    port: 993,
    flaw: "changed",
    certificate: OWN,
    accepted: GOOD.fingerprint,
    acceptable: true,
  };
  return {
    kind: "failed",
    trouble: {
      ...trouble(
        "changedCertificate",
        "imap.nordlicht.example shows another certificate than the one that you accepted.",
      ),
      certificate,
    },
  };
}

/** What badcert@… is shown while it is added. */
export function expired(host: string, port: number): RefusedCertificateView {
  const certificate = { ...OWN, names: [host], notAfter: Date.UTC(2026, 2, 3) };
  return { host, port, flaw: "expired", certificate, accepted: null, acceptable: true };
}

export function doorways(world: World, id: string): DoorwayView[] {
  const { incoming, outgoing } = world.account(id);
  const ways = world.ways.get(id) ?? { incoming: null };
  const own = identitiesOf(world).filter((each) => each.account === id && each.outgoing !== null);
  return [
    ...(incoming
      ? [
          {
            door: { kind: "incoming" as const },
            server: incoming,
            own: true,
            provider: ways.incoming,
            issuer: null,
          },
        ]
      : []),
    ...(outgoing
      ? [
          {
            door: { kind: "outgoing" as const },
            server: outgoing,
            own: ways.outgoing !== undefined,
            provider: ways.outgoing === undefined ? ways.incoming : ways.outgoing,
            issuer: null,
          },
        ]
      : []),
    ...own.map((each) => ({
      door: { kind: "identity" as const, identity: each.id },
      server: each.outgoing as ServerView,
      own: true,
      provider: world.identityWays.get(each.id) ?? null,
      issuer: null,
    })),
  ];
}

export function signInAgain(
  world: World,
  id: string,
  form: PasswordsForm,
  untried: boolean,
): TriedDoorView[] {
  const account = world.account(id);
  const tried: TriedDoorView[] = [];
  for (const { door, server } of untried ? [] : doorways(world, id)) {
    const password =
      door.kind === "incoming"
        ? form.incoming
        : door.kind === "outgoing"
          ? (form.outgoing ?? form.incoming)
          : (form.identities.find((each) => each.identity === door.identity)?.password ?? null);
    if (password !== null) tried.push({ door, tried: knock(server, password, []) });
  }
  if (tried.every((each) => each.tried.trouble === null)) {
    const ways = world.ways.get(id) ?? { incoming: null };
    if (form.incoming !== null) ways.incoming = null;
    if (form.outgoing !== null) ways.outgoing = null;
    world.ways.set(id, ways);
    for (const { identity } of form.identities) world.identityWays.delete(identity);
    goOn(world, account.id);
  }
  return tried;
}

/** Rejects as the engine does where a server shows a certificate that nobody vouches for and nobody has accepted. */
export function certificateOf(server: ServerView, accepted: AcceptedView[]): void {
  const { trouble: shown } = knock(server, null, accepted);
  // The shell rejects with a plain object, not with an Error.
  // eslint-disable-next-line @typescript-eslint/only-throw-error
  if (shown?.kind === "badCertificate") throw shown;
}

export function knock(server: ServerView, password: string | null, accepted: AcceptedView[]): TriedView {
  const { host, port } = server;
  const base = { host, port, reached: true, encryption: null, signedIn: false, trouble: null };
  if (host.startsWith("nowhere") || password === "offline")
    return {
      ...base,
      reached: false,
      trouble: trouble("unreachable", `${host} cannot be reached at port ${String(port)}.`),
    };
  const own = host.startsWith("own");
  if (own && !accepted.some((each) => each.fingerprint === OWN.fingerprint))
    return {
      ...base,
      trouble: {
        ...trouble(
          "badCertificate",
          `${host} has signed its certificate itself, so anybody could have; nothing was sent to it.`,
        ),
        certificate: {
          host,
          port,
          flaw: "selfSigned",
          certificate: OWN,
          accepted: null,
          acceptable: true,
        },
      },
    };
  const encryption =
    server.security === "plain"
      ? null
      : { protocol: "TLS 1.3", certificate: own ? OWN : GOOD, byException: own };
  if (password === "wrong")
    return {
      ...base,
      encryption,
      trouble: trouble(
        "wrongPassword",
        "The server does not accept this user name and password.",
        "NO [AUTHENTICATIONFAILED] Authentication failed.",
      ),
    };
  return { ...base, encryption, signedIn: true };
}

export function tryServers(world: World, id: string, form: ServersForm): TrialView {
  world.account(id);
  if ([form.incoming, form.outgoing].some((server) => server.security === "plain") && !form.allowPlain)
    reject("invalid", "This connection would not be encrypted.");
  return {
    incoming: knock(form.incoming, form.password, form.accepted),
    outgoing: knock(form.outgoing, form.outgoingPassword ?? form.password, form.accepted),
  };
}

export function changeServers(world: World, id: string, form: ServersForm): TrialView {
  const trial = tryServers(world, id, form);
  if (trial.incoming.trouble !== null || trial.outgoing.trouble !== null) return trial;
  const account = world.account(id);
  account.incoming = form.incoming;
  account.outgoing = form.outgoing;
  const ways = world.ways.get(id) ?? { incoming: null };
  const named = (host: string) => offer([host])?.provider ?? null;
  if (form.signedIn !== null) ways.incoming = named(form.incoming.host);
  else if (form.password !== null) ways.incoming = null;
  if (form.outgoingSignedIn !== null) ways.outgoing = named(form.outgoing.host);
  else if (form.outgoingPassword !== null) ways.outgoing = null;
  world.ways.set(id, ways);
  const shown = [trial.incoming, trial.outgoing].filter((tried) => tried.encryption?.byException);
  world.exceptions.set(
    id,
    shown.map(({ host, port }) => ({ host, port, flaw: "selfSigned", certificate: OWN })),
  );
  goOn(world, id);
  return trial;
}

export function goOn(world: World, id: string): void {
  const account = world.account(id);
  account.activity = { kind: "upToDate", checkedAt: Date.now(), shut: [] };
  world.tell({ kind: "accounts" }, { kind: "activity", account: id, activity: account.activity });
}

export function removeException(world: World, id: string, host: string, port: number): void {
  const kept = world.exceptions.get(id) ?? [];
  world.exceptions.set(
    id,
    kept.filter((each) => each.host !== host || each.port !== port),
  );
  world.tell({ kind: "accounts" });
}

export function setLook(world: World, id: string, label: string, colour: number): void {
  if (label.trim().length > 80)
    reject("invalid", "The name of an account has one line of 80 letters at most.");
  Object.assign(world.account(id), { label: label.trim(), colour });
  world.tell({ kind: "accounts" });
}

export function order(world: World, ids: string[]): void {
  const place = (id: string) => (ids.includes(id) ? ids.indexOf(id) : ids.length);
  world.accounts.sort((a, b) => place(a.id) - place(b.id));
  world.tell({ kind: "accounts" });
}

export function setDisabled(world: World, id: string, disabled: boolean): void {
  const account = world.account(id);
  if (account.protocol === "local") reject("invalid", "There is no server to switch off.");
  account.disabled = disabled;
  account.activity = disabled ? { kind: "idle" } : { kind: "upToDate", checkedAt: Date.now(), shut: [] };
  world.tell({ kind: "accounts" }, { kind: "activity", account: id, activity: account.activity });
}

export function setCheckMinutes(world: World, id: string, minutes: number | null): void {
  world.account(id).checkMinutes = minutes;
  world.tell({ kind: "accounts" });
}

export function chosenRoles(world: World, account: string): ChosenRoleView[] {
  const own = [...world.chosenRoles].filter(([key]) => key.startsWith(`${account} `));
  return own.map(([, { role, mailbox }]) => ({ role, mailbox }));
}

export function chooseRole(world: World, account: string, role: Role, mailbox: string | null): void {
  const key = `${account} ${role}`;
  const own = world.mailboxes.filter((each) => each.account === account);
  const holder = own.find((each) => each.role === role);
  const before = world.chosenRoles.get(key)?.before ?? holder?.id ?? null;
  if (holder !== undefined) holder.role = null;
  const next = own.find((each) => each.id === (mailbox ?? before));
  if (next !== undefined) next.role = role;
  if (mailbox === null) world.chosenRoles.delete(key);
  else world.chosenRoles.set(key, { role, mailbox, before });
  world.tell({ kind: "mailboxes", account });
}

export function remainder(world: World, account: string): RemainderView {
  const own = [...world.letters.values()].filter((letter) => letter.account === account);
  const whole = own.filter((letter) => letter.bodyPresent).length;
  return { whole, elsewhere: own.length - whole };
}

export function removeButLetters(world: World, id: string, local: string): number {
  const { email } = world.account(id);
  const home = addLocalFolders(world, local);
  const root = world.id("mailbox");
  world.mailboxes.push({ id: root, account: home, parent: null, name: email, role: null, selectable: true });
  let kept = 0;
  for (const letter of world.letters.values()) {
    if (letter.account !== id || !letter.bodyPresent) continue;
    letter.account = home;
    letter.mailboxes = [root];
    kept += 1;
  }
  removeAccount(world, id);
  world.tell({ kind: "mailboxes", account: home });
  return kept;
}

export function ofThunderbird(): FoundAccountView[] {
  const server = (host: string, port: number, username: string): ServerView => ({
    host,
    port,
    security: "tls",
    username,
    authentication: "auto",
  });
  return [
    {
      email: "lena@harbour.example",
      name: "Lena Brandt",
      protocol: "imap",
      incoming: server("imap.harbour.example", 993, "lena"),
      outgoing: server("smtp.harbour.example", 465, "lena"),
    },
    {
      email: "choir@post.example",
      name: "Harbour Choir",
      protocol: "pop3",
      incoming: server("pop.post.example", 995, "choir"),
      outgoing: null,
    },
  ];
}

function fingerprint(start: string): string {
  const rest = Array.from({ length: 30 }, (_, at) => ((at * 37 + 11) % 256).toString(16).padStart(2, "0"));
  return [start, ...rest].join(":").toUpperCase();
}

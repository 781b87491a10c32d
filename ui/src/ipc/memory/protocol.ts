// How the in-memory engine changes the protocol of an account: what is in the inbox is on both sides, what is anywhere else
// stands on this computer alone. Letters that are put on its server take a moment each. The server of byname@… is one
// that DNS alone names.
import type {
  FolderCountView,
  ProtocolChangedView,
  ProtocolForm,
  ProtocolPlanView,
  ProtocolServerView,
  RemoteProtocol,
} from "../backend";
import { certificateOf } from "./managing";
import { reject, type World } from "./world";

const PORTS = { imap: 993, pop3: 995 } as const;
const HOSTS = { imap: "imap", pop3: "pop" } as const;

const waiting = new WeakMap<World, Map<string, number>>();

export function protocolServer(world: World, id: string, to: RemoteProtocol): ProtocolServerView | null {
  const { email, incoming } = world.account(id);
  const [local = "", domain = ""] = email.split("@");
  if (incoming === null || domain.startsWith("nowhere")) return null;
  const strange = local === "byname";
  const owner = strange ? "fjord.example" : domain;
  return {
    server: { ...incoming, host: `${HOSTS[to]}.${owner}`, port: PORTS[to], security: "tls" },
    registered: owner,
    strange,
  };
}

export function planProtocol(world: World, id: string, form: ProtocolForm): ProtocolPlanView {
  const account = world.account(id);
  if (form.server.host.startsWith("refuses"))
    reject("wrongPassword", `${form.server.host} does not accept the password.`);
  certificateOf(form.server, form.accepted);
  if (account.protocol === form.to) reject("invalid", `${account.email} has that protocol already.`);
  const folders = counted(world, id);
  const [inbox, others] = [folders.filter(isInbox), folders.filter((folder) => !isInbox(folder))];
  if (form.to === "imap")
    return {
      kind: "imap",
      both: sum(inbox),
      onlyServer: [
        { name: "INBOX", letters: 2 },
        { name: "Projects", letters: 1_240 },
      ],
      onlyHere: others,
      deletedHere: 1,
    };
  return {
    kind: "pop3",
    both: sum(inbox),
    onlyServer: 0,
    beyond: others,
    toBring: 12,
    octetsToBring: 31_000_000,
  };
}

export function changeProtocol(world: World, id: string, form: ProtocolForm): ProtocolChangedView {
  const plan = planProtocol(world, id, form);
  const account = world.account(id);
  const alone = plan.kind === "imap" ? sum(plan.onlyHere) : 0;
  account.protocol = form.to;
  account.incoming = form.server;
  if (form.to === "pop3") account.retention = { kind: "keep" };
  const uploading = form.onlyHere === "upload" ? alone : 0;
  const all = waiting.get(world) ?? new Map<string, number>();
  waiting.set(world, all.set(id, uploading));
  world.tell({ kind: "accounts" }, { kind: "mailboxes", account: id });
  return { both: plan.both, uploading, kept: alone - uploading };
}

/** One less each time that somebody asks. */
export function uploadsWaiting(world: World, id: string): number {
  const all = waiting.get(world);
  const left = all?.get(id) ?? 0;
  all?.set(id, Math.max(0, left - 1));
  return left;
}

function counted(world: World, id: string): FolderCountView[] {
  return world.mailboxes
    .filter((mailbox) => mailbox.account === id)
    .map(({ id: mailbox, name }) => ({
      name,
      letters: [...world.letters.values()].filter((letter) => letter.mailboxes.includes(mailbox)).length,
    }))
    .filter(({ letters }) => letters > 0);
}

const isInbox = ({ name }: FolderCountView) => name === "Inbox";
const sum = (folders: FolderCountView[]) => folders.reduce((all, { letters }) => all + letters, 0);

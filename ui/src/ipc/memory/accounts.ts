// The accounts and folders that the in-memory engine starts with: one over IMAP, one over POP3, and their trees.
import type { AccountView, Role } from "../backend";
import type { Mailbox, World } from "./world";

const HOUR = 3_600_000;

export function lenaAccount(): AccountView {
  return {
    id: "lena",
    email: "lena@nordlicht.example",
    name: "Lena Brandt",
    protocol: "imap",
    label: "",
    colour: 0,
    disabled: false,
    checkMinutes: null,
    demo: false,
    incoming: {
      host: "imap.nordlicht.example",
      port: 993,
      security: "tls",
      username: "lena@nordlicht.example",
      authentication: "auto",
    },
    outgoing: {
      host: "smtp.nordlicht.example",
      port: 465,
      security: "tls",
      username: "lena@nordlicht.example",
      authentication: "auto",
    },
    retention: { kind: "keep" },
    keeping: { keep: { kind: "all" }, large: null },
    paused: false,
    activity: { kind: "syncing", done: 41_208, total: 66_400, secondsLeft: 20 },
    quota: { used: 2_100_000_000, limit: 15_000_000_000 },
  };
}

export function postAccount(): AccountView {
  return {
    id: "post",
    email: "lena.b@post.example",
    name: "Lena Brandt",
    protocol: "pop3",
    label: "",
    colour: 1,
    disabled: false,
    checkMinutes: null,
    demo: false,
    incoming: {
      host: "pop.post.example",
      port: 995,
      security: "tls",
      username: "lena.b",
      authentication: "auto",
    },
    outgoing: {
      host: "smtp.post.example",
      port: 465,
      security: "tls",
      username: "lena.b",
      authentication: "auto",
    },
    retention: { kind: "remove-after-download" },
    keeping: { keep: { kind: "all" }, large: null },
    paused: false,
    activity: { kind: "upToDate", checkedAt: new Date().setHours(10, 41, 0, 0), shut: [] },
    quota: null,
  };
}

export function demoAccount(): AccountView {
  return {
    id: "demo",
    email: "demo@waxwing.example",
    name: "Demo",
    protocol: "local",
    label: "",
    colour: 2,
    disabled: false,
    checkMinutes: null,
    demo: true,
    incoming: null,
    outgoing: null,
    retention: { kind: "keep" },
    keeping: { keep: { kind: "all" }, large: null },
    paused: false,
    activity: { kind: "idle" },
    quota: null,
  };
}

/** The folders by role that every new account has. */
export function roleMailboxes(account: string, roles: Role[]): Mailbox[] {
  const names: Record<Role, string> = {
    inbox: "Inbox",
    drafts: "Drafts",
    sent: "Sent",
    archive: "Archive",
    junk: "Junk",
    trash: "Trash",
    all: "All mail",
  };
  return roles.map((role) => ({
    id: `${account}-${role}`,
    account,
    parent: null,
    name: names[role],
    role,
    selectable: true,
  }));
}

export function furnish(world: World): void {
  world.accounts.push(lenaAccount(), postAccount());
  world.mailboxes.push(
    ...roleMailboxes("lena", ["inbox", "drafts", "sent", "archive", "junk", "trash"]),
    { id: "projects", account: "lena", parent: null, name: "Projects", role: null, selectable: true },
    {
      id: "lighthouse",
      account: "lena",
      parent: "projects",
      name: "Lighthouse",
      role: null,
      selectable: true,
    },
    {
      id: "ferry",
      account: "lena",
      parent: "projects",
      name: "Ferry timetable",
      role: null,
      selectable: true,
    },
    ...roleMailboxes("post", ["inbox", "sent", "trash"]),
  );
}

export const offlineSince = () => Date.now() - 2 * HOUR;

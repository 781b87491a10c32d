// Adding accounts in memory. The address decides how it goes, so that each failure can be seen without a server:
// wrong@…, badcert@…, unreachable@…, refused@… fail to sign in, smtp-wrong@… signs in to read but not to send, mute@… may
// not send from its address. How its servers are found is in finding.ts.
import type { AccountForm, AccountView, ServerView, TrialView, TriedView, TroubleView } from "../backend";
import { expired, knock } from "./managing";
import { demoAccount, roleMailboxes } from "./accounts";
import { post } from "./post";
import { samples } from "./samples";
import { reject, trouble, type World } from "./world";

/** What is wrong with signing in by this form, and how far the try comes before it shows. */
function failure(form: AccountForm): TroubleView | null {
  const { host, port, security } = form.incoming;
  const { email } = form;
  if (security === "plain" && !form.allowPlain)
    return trouble("invalid", "This connection would not be encrypted.");
  if (email.startsWith("wrong@"))
    return trouble(
      "wrongPassword",
      "The server does not accept this user name and password.",
      "NO [AUTHENTICATIONFAILED] Authentication failed.",
    );
  if (email.startsWith("badcert@") && form.accepted.length === 0) {
    const sentence = `The certificate of ${host} is not valid, so the password was not sent.`;
    return {
      ...trouble("badCertificate", sentence, "certificate expired on 3 March 2026"),
      certificate: expired(host, port),
    };
  }
  if (email.startsWith("unreachable@"))
    return trouble("unreachable", `${host} does not answer.`, "connection refused");
  if (email.startsWith("refused@"))
    return trouble(
      "methodRefused",
      "The server refuses this way of signing in.",
      "504 5.5.4 Unrecognized authentication type",
    );
  return null;
}

/** A server as it was tried: all is well with it, or `wrong` is. */
function tried(server: ServerView, wrong: TroubleView | null, signedIn = wrong === null): TriedView {
  const well = knock({ ...server, host: server.host.replace(/^(?:own|nowhere)/, "") }, "good", []);
  const isReached = wrong?.kind !== "unreachable" && wrong?.kind !== "invalid";
  const isEncrypted = isReached && wrong?.kind !== "badCertificate";
  return {
    ...well,
    host: server.host,
    reached: isReached,
    encryption: isEncrypted ? well.encryption : null,
    signedIn,
    trouble: wrong,
  };
}

export function check(form: AccountForm): TrialView {
  const wrong = failure(form);
  const incoming = tried(form.incoming, wrong);
  if (form.email.startsWith("smtp-wrong@"))
    return {
      incoming,
      outgoing: tried(
        form.outgoing,
        trouble(
          "wrongPassword",
          "The server for sending does not accept this user name and password.",
          "535 5.7.8 Authentication failed",
        ),
      ),
    };
  if (form.email.startsWith("mute@"))
    return {
      incoming,
      outgoing: tried(
        form.outgoing,
        trouble("refused", "The server takes no letters from this address.", "550 5.7.1 Sender refused"),
        true,
      ),
    };
  return { incoming, outgoing: tried(form.outgoing, wrong) };
}

export function addAccount(world: World, form: AccountForm): string {
  const checked = check(form);
  const wrong = checked.incoming.trouble ?? (checked.outgoing.signedIn ? null : checked.outgoing.trouble);
  if (wrong !== null) reject(wrong.kind, wrong.sentence, wrong.detail);
  if (world.accounts.some((account) => account.email.toLowerCase() === form.email.toLowerCase()))
    reject("invalid", "This account is here already.");
  const account: AccountView = {
    id: world.id("account"),
    email: form.email,
    name: form.name,
    protocol: form.protocol,
    label: "",
    colour: world.accounts.length,
    disabled: false,
    checkMinutes: null,
    demo: false,
    incoming: form.incoming,
    outgoing: form.outgoing,
    retention: form.retention,
    keeping: { keep: { kind: "all" }, large: null },
    paused: false,
    activity: { kind: "upToDate", checkedAt: Date.now(), shut: [] },
    quota: null,
  };
  world.accounts.push(account);
  const incoming = form.signedIn === null ? null : "Nordlicht";
  const outgoing = form.outgoingSignedIn === null ? null : "Fjord";
  const apart = form.outgoingPassword !== null || form.outgoingSignedIn !== null;
  world.ways.set(account.id, { incoming, ...(apart ? { outgoing } : {}) });
  world.mailboxes.push(
    ...roleMailboxes(
      account.id,
      form.protocol === "imap"
        ? ["inbox", "drafts", "sent", "archive", "junk", "trash"]
        : ["inbox", "sent", "trash"],
    ),
  );
  post(world, {
    from: "Waxwing <hello@waxwing.example>",
    to: [form.email],
    subject: "Your account is ready",
    when: [0, "08:00"],
    box: `${account.id}-inbox`,
    unread: true,
    text: "Everything that arrives at this address shows here from now on.",
  });
  world.tell({ kind: "accounts" }, { kind: "mailboxes", account: account.id });
  return account.id;
}

export function addDemo(world: World): string {
  const present = world.accounts.find((account) => account.demo);
  if (present !== undefined) return present.id;
  const account = demoAccount();
  world.accounts.push(account);
  world.mailboxes.push(...roleMailboxes("demo", ["inbox", "drafts", "sent", "archive", "junk", "trash"]));
  for (const sample of samples) {
    const role = /-(\w+)$/u.exec(sample.box)?.[1] ?? "inbox";
    post(world, {
      ...sample,
      ...(sample.thread === undefined ? {} : { thread: `demo-${sample.thread}` }),
      box: `demo-${role}`,
    });
  }
  world.tell({ kind: "accounts" }, { kind: "mailboxes", account: "demo" });
  return account.id;
}

export function addLocalFolders(world: World, name: string): string {
  const present = world.accounts.find((account) => account.protocol === "local" && !account.demo);
  if (present !== undefined) return present.id;
  world.accounts.push({ ...demoAccount(), id: "local", email: name, name: "", demo: false });
  world.mailboxes.push(...roleMailboxes("local", ["archive", "junk", "trash"]));
  world.tell({ kind: "accounts" }, { kind: "mailboxes", account: "local" });
  return "local";
}

export function removeAccount(world: World, id: string): void {
  world.accounts = world.accounts.filter((account) => account.id !== id);
  world.mailboxes = world.mailboxes.filter((mailbox) => mailbox.account !== id);
  for (const letter of [...world.letters.values()])
    if (letter.account === id) world.letters.delete(letter.id);
  world.tell({ kind: "accounts" }, { kind: "mailboxes", account: id });
}

// Adding accounts in memory. The address decides how it goes, so that each failure can be seen without a server:
// wrong@…, badcert@…, unreachable@…, refused@… fail to sign in, smtp-wrong@… signs in to read but not to send. How its
// servers are found is in finding.ts.
import type { AccountForm, AccountView, CheckView, ServerCheckView } from "../backend";
import { expired } from "./managing";
import { demoAccount, roleMailboxes } from "./accounts";
import { post } from "./post";
import { samples } from "./samples";
import { reject, trouble, type World } from "./world";

const good: ServerCheckView = { ok: true, trouble: null };

function failure(form: AccountForm): ServerCheckView | null {
  const bad = (...words: Parameters<typeof trouble>): ServerCheckView => ({
    ok: false,
    trouble: trouble(...words),
  });
  const host = form.incoming.host;
  if (form.incoming.security === "plain" && !form.allowPlain)
    return bad("invalid", "This connection would not be encrypted.");
  if (form.email.startsWith("wrong@"))
    return bad(
      "wrongPassword",
      "The server does not accept this user name and password.",
      "NO [AUTHENTICATIONFAILED] Authentication failed.",
    );
  if (form.email.startsWith("badcert@") && form.accepted.length === 0)
    return {
      ok: false,
      trouble: {
        ...trouble(
          "badCertificate",
          `The certificate of ${host} is not valid, so the password was not sent.`,
          "certificate expired on 3 March 2026",
        ),
        certificate: expired(host, form.incoming.port),
      },
    };
  if (form.email.startsWith("unreachable@"))
    return bad("unreachable", `${host} does not answer.`, "connection refused");
  if (form.email.startsWith("refused@"))
    return bad(
      "methodRefused",
      "The server refuses this way of signing in.",
      "504 5.5.4 Unrecognized authentication type",
    );
  return null;
}

export function check(form: AccountForm): CheckView {
  const incoming = failure(form);
  const smtpWrong = form.email.startsWith("smtp-wrong@");
  const outgoing = smtpWrong
    ? {
        ok: false,
        trouble: trouble(
          "wrongPassword",
          "The server for sending does not accept this user name and password.",
          "535 5.7.8 Authentication failed",
        ),
      }
    : (incoming ?? good);
  return { incoming: incoming ?? good, outgoing };
}

export function addAccount(world: World, form: AccountForm): string {
  const checked = check(form);
  const wrong = checked.incoming.trouble ?? checked.outgoing.trouble;
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
    activity: { kind: "upToDate", checkedAt: Date.now() },
    quota: null,
  };
  world.accounts.push(account);
  if (form.signedIn !== null) world.inBrowser.add(account.id);
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

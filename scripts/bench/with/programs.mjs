// The two programs that are compared over IMAP, each synchronising one person's mail from a stage into a folder of its
// own: isync's mbsync, and Waxwing's engine without a window. Not here: what is measured.
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../terminal.mjs";

/** Builds what is measured and what it is held against, before anyone looks at a clock. One build, since each set of
 * packages would bring its dependencies another set of features. `more` are further programs of these packages; `profile` is
 * `release` or `debug`, as the folder below target is called. */
export function build(more = [], profile = "release") {
  const packages = ["waxwing-cli", "waxwing-engine", "waxwing-testkit"].flatMap((name) => [
    "--package",
    name,
  ]);
  const bins = ["waxwing-cli", "waxwing-yardstick", ...more].flatMap((name) => ["--bin", name]);
  const programs = [...bins, "--examples", ...(profile === "release" ? ["--release"] : [])];
  execFileSync("cargo", ["build", "--quiet", "--locked", ...packages, ...programs], {
    cwd: root,
    stdio: "inherit",
  });
}

/** One run of mbsync into `folder`, the first or a later one. `option` stands in the global part of its configuration. */
export function mbsync({ ca, ports, people }, folder, option = "") {
  mkdirSync(folder, { recursive: true });
  const configuration = join(folder, "mbsyncrc");
  writeFileSync(
    configuration,
    `${option}
IMAPStore far
Host localhost
Port ${ports.imaps}
User ${people.lena.email}
Pass "${people.lena.password}"
SSLType IMAPS
CertificateFile ${ca}

MaildirStore near
Path ${folder}/
Inbox ${folder}/INBOX
SubFolders Verbatim

Channel all
Far :far:
Near :near:
Patterns *
Create Near
Sync Pull
Expunge Near
SyncState *
`,
  );
  chmodSync(configuration, 0o600);
  const seconds = timed(() =>
    execFileSync("mbsync", ["-q", "-c", configuration, "all"], { stdio: "inherit" }),
  );
  return { seconds, count: lettersBelow(folder) };
}

/** One run of `waxwing-cli sync` into `folder`. The account is made before the first. */
export function waxwing(stage, folder, options = [], person = "lena") {
  if (!existsSync(folder)) newProfile(stage, folder, person);
  let told = "";
  const seconds = timed(() => {
    told = cli(folder, ["sync", ...options]);
  });
  const lines = told.trim().split("\n");
  const peak = Number(lines.pop());
  const report = JSON.parse(lines.at(-1));
  return { seconds, count: report.messages, report, peak };
}

/** A profile with one account in it. */
export function newProfile({ ca, ports, people }, folder, person, protocol = "imap") {
  mkdirSync(folder, { recursive: true });
  const { email, password } = people[person];
  const incoming = ["--incoming", `localhost:${protocol === "pop3" ? ports.pop3s : ports.imaps}:tls`];
  const outgoing = ["--outgoing", "localhost:9:tls"];
  const words = ["account", "add", "--email", email, "--protocol", protocol, "--no-check", "--ca", ca];
  cli(folder, [...words, ...incoming, ...outgoing], `${password}\n`);
}

/** What the CLI says, and behind it the most memory that it used, in kilobytes (getrusage(2)). */
function cli(folder, words, input = "") {
  const measured = [
    "import resource, subprocess, sys",
    "code = subprocess.run(sys.argv[1:]).returncode",
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, flush=True)",
    "sys.exit(code)",
  ];
  const program = [join(root, "target/release/waxwing-cli"), "--profile", folder, "--json"];
  return execFileSync("python3", ["-c", measured.join("\n"), ...program, ...words], {
    env: { ...process.env, WAXWING_KEYRING: "none", WAXWING_PASSPHRASE: "a passphrase for this run" },
    input,
    encoding: "utf8",
    stdio: ["pipe", "pipe", "inherit"],
    maxBuffer: 1 << 28,
  });
}

/** One run of offlineimap into `folder`, with its own cache of the state beside it. */
export function offlineimap({ ca, ports, people }, folder, person) {
  mkdirSync(folder, { recursive: true });
  const configuration = join(folder, "offlineimaprc");
  const { email, password } = people[person];
  writeFileSync(
    configuration,
    `[general]
accounts = one
metadata = ${folder}/state
ui = quiet
fsync = no

[Account one]
localrepository = near
remoterepository = far

[Repository near]
type = Maildir
localfolders = ${folder}/mail

[Repository far]
type = IMAP
remotehost = localhost
remoteport = ${ports.imaps}
remoteuser = ${email}
remotepass = ${password}
ssl = yes
sslcacertfile = ${ca}
maxconnections = 1
`,
  );
  chmodSync(configuration, 0o600);
  const seconds = timed(() =>
    execFileSync("offlineimap", ["-o", "-1", "-c", configuration], {
      stdio: ["ignore", "ignore", "inherit"],
    }),
  );
  return { seconds, count: lettersBelow(folder) };
}

/** Letters in all Maildirs below. */
export function lettersBelow(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).filter(
    (entry) => entry.isFile() && /\/(new|cur)$/.test(entry.parentPath ?? entry.path),
  ).length;
}

export function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

export function timed(work) {
  const begun = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - begun) / 1e9;
}

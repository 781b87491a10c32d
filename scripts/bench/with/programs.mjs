// The two programs that are compared over IMAP, each synchronising one person's mail from a stage into a folder of its
// own: isync's mbsync, and Waxwing's engine without a window. Not here: what is measured.
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../terminal.mjs";

/** Builds what is measured, before anyone looks at a clock. */
export function buildCli() {
  const build = ["build", "--release", "--quiet", "--locked", "--package", "waxwing-cli"];
  execFileSync("cargo", build, { cwd: root, stdio: "inherit" });
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
export function waxwing({ ca, ports, people }, folder, options = []) {
  const env = { ...process.env, WAXWING_KEYRING: "none", WAXWING_PASSPHRASE: "a passphrase for this run" };
  const cli = (words, input = "") =>
    execFileSync(join(root, "target/release/waxwing-cli"), ["--profile", folder, "--json", ...words], {
      env,
      input,
      encoding: "utf8",
      stdio: ["pipe", "pipe", "inherit"],
      maxBuffer: 1 << 28,
    });
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true });
    const { email, password } = people.lena;
    const servers = [
      "--incoming",
      `localhost:${ports.imaps}:tls`,
      "--outgoing",
      "localhost:9:tls",
      "--ca",
      ca,
    ];
    cli(
      ["account", "add", "--email", email, "--protocol", "imap", "--no-check", ...servers],
      `${password}\n`,
    );
  }
  let output = "";
  const seconds = timed(() => {
    output = cli(["sync", ...options]);
  });
  const report = JSON.parse(output.trim().split("\n").at(-1));
  return { seconds, count: report.messages, report };
}

/** Letters in all Maildirs below. */
function lettersBelow(folder) {
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

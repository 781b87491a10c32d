// How long a first sync of 10,000 generated letters takes, for Waxwing's engine and for mbsync, from the same Dovecot
// over the same TLS in the same run. Both end with every letter whole on this disk.
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../terminal.mjs";
import { startStage } from "../../tests/stage/stage.mjs";

export const title = "First sync over IMAP with TLS";

/** Rows of `[what, letters, seconds, letters a second]`, the first of them the head. */
export async function measure({ letters = 10_000 } = {}) {
  const build = ["build", "--release", "--quiet", "--locked", "--package", "waxwing-cli"];
  execFileSync("cargo", build, { cwd: root, stdio: "inherit" });
  const stage = await startStage(["--no-postfix", "--fill", `lena:${letters}:1`]);
  const folder = mkdtempSync(join(tmpdir(), "waxwing-bench-"));
  try {
    // The server reads the mailbox once before anyone is measured, as one that has been running would have.
    await mbsync(stage, join(folder, "warm"));
    const rows = [["program", "letters", "seconds", "letters/s"]];
    for (const [name, sync] of [
      ["mbsync", mbsync],
      ["waxwing, headers", (where, into) => waxwing(where, into, ["--headers-only"])],
      ["waxwing, whole letters", (where, into) => waxwing(where, into, [])],
    ]) {
      const { seconds, count } = await sync(stage, join(folder, name.replaceAll(/\W/g, "-")));
      if (count !== letters) throw new Error(`${name} has ${count} letters of ${letters}`);
      rows.push([name, String(count), seconds.toFixed(2), String(Math.round(count / seconds))]);
    }
    return rows;
  } finally {
    await stage.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function mbsync({ ca, ports, people }, folder) {
  mkdirSync(folder, { recursive: true });
  const configuration = join(folder, "mbsyncrc");
  writeFileSync(
    configuration,
    `IMAPStore far
Host localhost
Port ${ports.imaps}
User ${people.lena.email}
Pass "${people.lena.password}"
SSLType IMAPS
CertificateFile ${ca}

MaildirStore near
Path ${folder}/
Inbox ${folder}/INBOX

Channel all
Far :far:
Near :near:
Patterns INBOX
Create Near
Sync Pull
SyncState *
`,
  );
  chmodSync(configuration, 0o600);
  const seconds = timed(() =>
    execFileSync("mbsync", ["-q", "-c", configuration, "all"], { stdio: "inherit" }),
  );
  const count = ["new", "cur"].reduce(
    (sum, part) => sum + readdirSync(join(folder, "INBOX", part)).length,
    0,
  );
  return { seconds, count };
}

async function waxwing({ ca, ports, people }, folder, options) {
  mkdirSync(folder, { recursive: true });
  const env = { ...process.env, WAXWING_KEYRING: "none", WAXWING_PASSPHRASE: "a passphrase for this run" };
  const cli = (words, input = "") =>
    execFileSync(join(root, "target/release/waxwing-cli"), ["--profile", folder, "--json", ...words], {
      env,
      input,
      encoding: "utf8",
      stdio: ["pipe", "pipe", "inherit"],
      maxBuffer: 1 << 28,
    });
  const servers = ["--incoming", `localhost:${ports.imaps}:tls`, "--outgoing", "localhost:9:tls", "--ca", ca];
  const account = [
    "account",
    "add",
    "--email",
    people.lena.email,
    "--protocol",
    "imap",
    "--no-check",
    ...servers,
  ];
  cli(account, `${people.lena.password}\n`);
  let output = "";
  const seconds = timed(() => {
    output = cli(["sync", ...options]);
  });
  return { seconds, count: JSON.parse(output.trim().split("\n").at(-1)).messages };
}

function timed(work) {
  const begun = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - begun) / 1e9;
}

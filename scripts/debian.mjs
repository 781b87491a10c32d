// The packages of Debian and Ubuntu that Waxwing needs, why it needs them, and how they get on to the machine.
// Other systems are told about in start.mjs.
import { existsSync, readFileSync } from "node:fs";
import { agrees, bold, giveUp, outputOf, run, say } from "./terminal.mjs";

/** To build and run the app. */
export const forTheApp = {
  "build-essential": "a C compiler, for SQLite and for linking",
  "pkg-config": "finds the libraries below",
  "libwebkit2gtk-4.1-dev": "the web view in which the interface runs",
  "librsvg2-dev": "icons",
  "libdbus-1-dev": "talking to the desktop",
};

/** To run every test, on top of the above. */
export const forTheTests = {
  "dovecot-imapd": "a real IMAP server",
  "dovecot-pop3d": "a real POP3 server",
  "dovecot-lmtpd": "delivery into its mailboxes",
  "cyrus-common": "what another real IMAP server stands on",
  "sasl2-bin": "its passwords",
  postfix: "a real submission server",
  xvfb: "a display that nobody sees",
  openbox: "a window manager for that display",
  xdotool: "moves the mouse in it, for drag and drop",
  "x11-utils": "tells where a window stands on it",
  "webkit2gtk-driver": "drives the real window",
  "dbus-daemon": "a private session bus",
  "dbus-bin": "asks that bus who is on it",
  "gnome-keyring": "a real Secret Service on that bus",
  "libsecret-tools": "asks it what it holds",
  chromium: "the browser for the interface's own tests",
  faketime: "lets one program's clock jump",
  imagemagick: "compares pictures",
  "fonts-inter": "the interface's font",
  "fonts-noto-core": "letters of other scripts",
};

/** What makes the tests quicker where the system has it. Without it they run as well. */
export const forQuickTests = {
  "chromium-headless-shell":
    "that browser without windows, in which the same tests take two thirds of the time",
};

/** To run the benchmarks, on top of the above. */
export const forTheBenchmarks = {
  isync: "mbsync, to compare the speed of a sync with",
  offlineimap3: "another one",
  getmail6: "to compare the speed of a POP3 download with",
  fetchmail: "another one",
  notmuch: "to compare the speed of finding with",
  python3: "tells how much memory a program used",
};

/**
 * To run every test as well, and not to be installed beside the above: two IMAP servers exclude each other, as do two
 * submission servers. What is in them is unpacked into a folder that only the tests know.
 */
export const unpackedForTheTests = {
  "cyrus-imapd": { why: "another real IMAP server", holds: "usr/lib/cyrus/bin/imapd" },
  "exim4-daemon-light": { why: "another real submission server", holds: "usr/sbin/exim4" },
};

const UNPACKED = "/usr/local/lib/waxwing-tests";

/** Whether this is a Debian or one of its children. */
export function isDebian() {
  if (process.platform !== "linux" || !existsSync("/etc/os-release")) return false;
  const words = readFileSync("/etc/os-release", "utf8");
  const ids = [...words.matchAll(/^ID(?:_LIKE)?="?([^"\n]*)"?$/gm)].flatMap((match) => match[1].split(" "));
  return (
    ids.some((id) => id === "debian" || id === "ubuntu") && outputOf("dpkg-query", "--version") !== undefined
  );
}

/** The packages of a list that are not installed. */
export function missing(packages) {
  return Object.keys(packages).filter((name) => {
    return outputOf("dpkg-query", "-W", "-f", "${db:Status-Status}", name) !== "installed";
  });
}

/** The packages of such a list that are neither unpacked nor installed. */
function missingUnpacked(packages) {
  return Object.keys(packages).filter(
    (name) => !existsSync(`${UNPACKED}/${packages[name].holds}`) && !existsSync(`/${packages[name].holds}`),
  );
}

/** Installs what is missing, after saying what and why, and asking where someone can answer. */
export async function install(packages, { quietServices = false, unpacked = {} } = {}) {
  const names = missing(packages);
  const apart = missingUnpacked(unpacked);
  if (names.length === 0 && apart.length === 0) return;
  say(bold("These system packages are missing:"));
  for (const name of names) say(`  ${name.padEnd(22)} ${packages[name]}`);
  for (const name of apart) say(`  ${name.padEnd(22)} ${unpacked[name].why}, unpacked into ${UNPACKED}`);
  const commands = shell(names, quietServices, apart);
  const raised = raise();
  if (!raised) giveUp(`As root, run these and come back:\n${commands}`);
  if (raised.length > 0) say(`They are installed with the rights of root, by ${raised[0]}.`);
  // As root without a terminal this is CI or a container, whose owner has asked for it by running us.
  if (!(await agrees("Install them now?", { silent: raised.length === 0 || process.env.CI !== undefined }))) {
    giveUp(`Not installed. Later, as root:\n${commands}`);
  }
  if (!run([...raised, "sh", "-ec", commands]))
    giveUp("The packages could not be installed; apt says above why.");
  const still = [...missing(packages), ...missingUnpacked(unpacked)];
  if (still.length > 0) giveUp(`apt was content, but these are still missing: ${still.join(", ")}`);
}

/**
 * Installs what would be good to have, where nobody has to be asked for it, and says whether it is there, or need not be tried.
 * That it cannot be had is no failure. Only the download has a limit: what is being unpacked is never cut off. And nothing else
 * is raised to another version for it.
 */
export function installIfEasy(packages) {
  const names = missing(packages);
  if (names.length === 0 || process.getuid() !== 0) return true;
  for (const name of names) say(`Good to have as well: ${name}, ${packages[name]}`);
  const get = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=60", "-o", "Acquire::Retries=1"];
  const quick = [...get, "-o", "Acquire::http::Timeout=15"];
  const install = ["install", "-y", "--no-install-recommends", "--no-remove"];
  const limited = (command) => run(["timeout", "--kill-after=10", "180", ...command]);
  if (outputOf("apt-cache", "show", ...names) === undefined) limited([...quick, "update"]);
  const plan = outputOf("apt-get", "-s", ...install, ...names);
  const raises = plan === undefined || /^Inst \S+ \[/m.test(plan);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const had =
    !raises &&
    limited([...quick, ...install, "--download-only", ...names]) &&
    run([...get, ...install, "--no-download", ...names], { env });
  if (!had) say("It could not be had; it goes without.");
  return had;
}

/** How to become root: an empty list when we are, nothing when we cannot. */
function raise() {
  if (process.getuid() === 0) return [];
  if (outputOf("sudo", "--version") !== undefined && (process.stdin.isTTY || run(["sudo", "-n", "true"]))) {
    return ["sudo"];
  }
  const display = process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY;
  if (display && outputOf("pkexec", "--version") !== undefined) return ["pkexec"];
  return undefined;
}

function shell(names, quietServices, apart) {
  const lines = ["export DEBIAN_FRONTEND=noninteractive"];
  if (quietServices) {
    // The tests start servers of their own. Those of the system stay off: Postfix asks nothing and configures
    // nothing, and no service is started (https://people.debian.org/~hmh/invokerc.d-policyrc.d-specification.txt).
    lines.push(
      'if command -v debconf-set-selections >/dev/null; then echo "postfix postfix/main_mailer_type select No configuration" | debconf-set-selections; fi',
      "if [ ! -e /usr/sbin/policy-rc.d ]; then",
      '  printf "#!/bin/sh\\nexit 101\\n" > /usr/sbin/policy-rc.d; chmod 755 /usr/sbin/policy-rc.d',
      '  trap "rm -f /usr/sbin/policy-rc.d" EXIT',
      "fi",
    );
  }
  const get = "apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3";
  lines.push(`${get} update -q`);
  if (names.length > 0) lines.push(`${get} install -y -q --no-install-recommends ${names.join(" ")}`);
  if (apart.length > 0) {
    lines.push(
      `mkdir -p ${UNPACKED}/packages`,
      `cd ${UNPACKED}/packages`,
      `${get} -o APT::Sandbox::User=root download -q ${apart.join(" ")}`,
      `for package in *.deb; do dpkg-deb -x "$package" ${UNPACKED}; done`,
      "rm -f *.deb",
    );
  }
  return lines.join("\n");
}

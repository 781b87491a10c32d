// A desktop for one person: a screen with a window manager, a session bus, and on it a real keyring that is unlocked.
// Two people have two of them, as two people would, so that windows, focus and single instances do not meet.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Child } from "./child.mjs";
import { folder } from "./places.mjs";
import { until } from "./until.mjs";

export class Desktop {
  static async open(person) {
    const home = folder(person);
    const runtime = join(home, "run");
    for (const name of ["run", "config", "data", "cache"]) mkdirSync(join(home, name), { mode: 0o700 });
    // One pixel ratio and room for a window of 1360 x 860 with its frame.
    const screen = Child.start(
      `${person}-screen`,
      "Xvfb",
      ["-displayfd", "3", "-screen", "0", "1440x940x24", "-nolisten", "tcp", "-noreset"],
      { pipes: { third: true } },
    );
    const display = `:${await screen.firstLine(screen.child.stdio[3])}`;
    const bus = startBus(person, home, runtime);
    const env = {
      PATH: process.env.PATH,
      LANG: "C.UTF-8",
      TZ: "Europe/Berlin",
      HOME: home,
      DISPLAY: display,
      XDG_RUNTIME_DIR: runtime,
      XDG_CONFIG_HOME: join(home, "config"),
      XDG_DATA_HOME: join(home, "data"),
      XDG_CACHE_HOME: join(home, "cache"),
      DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(runtime, "bus")}`,
      GDK_BACKEND: "x11",
      GSETTINGS_BACKEND: "memory",
      NO_AT_BRIDGE: "1",
    };
    const desktop = new Desktop(person, env, [screen, bus]);
    await until("the session bus listens", () => existsSync(join(runtime, "bus")));
    desktop.children.push(Child.start(`${person}-windows`, "openbox", ["--sm-disable"], { env }));
    await desktop.startKeyring();
    return desktop;
  }

  constructor(person, env, children) {
    this.person = person;
    this.env = env;
    this.children = children;
  }

  /** Runs a program of the desktop and gives what it prints. */
  run(command, ...args) {
    return execFileSync(command, args, {
      env: this.env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  }

  /** The keyring begins, and is unlocked with the password of the person's login. */
  async startKeyring() {
    this.keyring = startKeyring(this.person, this.env);
    this.children.push(this.keyring);
    await until("the keyring is on the bus", () => this.hasKeyring());
  }

  /** The keyring ends, as on a computer that has none. */
  async stopKeyring() {
    await this.keyring.stop(2000);
    this.children = this.children.filter((child) => child !== this.keyring);
    await until("the keyring has left the bus", () => !this.hasKeyring());
  }

  /** What the keyring holds for Waxwing, without the secrets themselves. */
  keyringEntries() {
    const found = this.run("secret-tool", "search", "--all", "service", "Waxwing");
    return found.split("\n").filter((line) => line.startsWith("[/"));
  }

  hasKeyring() {
    const ask = [
      "--session",
      "--print-reply",
      "--dest=org.freedesktop.DBus",
      "/",
      "org.freedesktop.DBus.NameHasOwner",
    ];
    return this.run("dbus-send", ...ask, "string:org.freedesktop.secrets").includes("true");
  }

  async close() {
    for (const child of this.children.toReversed()) await child.stop(1000);
  }
}

// The distribution's own configuration would start portals and assistive services by name, which nobody asked for.
function startBus(person, home, runtime) {
  const configuration = join(home, "bus.conf");
  writeFileSync(
    configuration,
    `<busconfig><type>session</type><listen>unix:path=${join(runtime, "bus")}</listen>
     <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
     <allow own="*"/></policy></busconfig>`,
  );
  return Child.start(`${person}-bus`, "dbus-daemon", [`--config-file=${configuration}`, "--nofork"]);
}

function startKeyring(person, env) {
  const args = ["--foreground", "--components=secrets", "--unlock"];
  const keyring = Child.start(`${person}-keyring`, "gnome-keyring-daemon", args, {
    env,
    pipes: { input: true },
  });
  // The password of the person's login, with which the keyring is made and opened.
  keyring.child.stdin.end(`the login of ${person}`);
  return keyring;
}

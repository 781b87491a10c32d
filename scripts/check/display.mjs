// A desktop that nobody sees, for the journeys in the real window: a display, a window manager, a private session bus
// and a real Secret Service on it. Each run has its own, and all of it ends with the run.
import { spawn } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Starts the desktop; gives the environment for programs in it, and `end`. */
export async function openDesktop(log) {
  const folder = mkdtempSync(join(tmpdir(), "waxwing-desktop-"));
  const started = [];
  const logFile = openSync(log, "a");
  const start = (program, options, env, stdio) => {
    const child = spawn(program, options, { env, stdio, detached: true });
    child.on("error", (error) =>
      writeFileSync(logFile, `${program} could not be started: ${error.message}\n`),
    );
    started.push(child);
    return child;
  };
  const end = () => {
    for (const child of started.reverse()) {
      try {
        process.kill(-child.pid, "SIGKILL");
      } catch {
        // It ended by itself, or never began.
      }
    }
    closeSync(logFile);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const env = { ...process.env, ...folders(folder), ...steady };
    for (const name of ["WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "SESSION_MANAGER"]) delete env[name];
    // Xvfb chooses a free display by itself and writes its number to file descriptor 3.
    const screen = ["-screen", "0", "1440x900x24", "-nolisten", "tcp", "-displayfd", "3"];
    const display = start("Xvfb", screen, env, ["ignore", logFile, logFile, "pipe"]);
    env.DISPLAY = `:${await firstLine(display, display.stdio[3], "Xvfb")}`;

    const bus = start("dbus-daemon", ["--session", "--nofork", "--print-address=1"], env, [
      "ignore",
      "pipe",
      logFile,
    ]);
    env.DBUS_SESSION_BUS_ADDRESS = await firstLine(bus, bus.stdout, "dbus-daemon");

    start("openbox", [], env, ["ignore", logFile, logFile]);
    const keyring = ["--foreground", "--unlock", "--components=secrets"];
    start("gnome-keyring-daemon", keyring, env, ["pipe", logFile, logFile]).stdin.end(
      "a password for this run\n",
    );
    return { env, end };
  } catch (error) {
    end();
    throw error;
  }
}

/** Folders of this run's own, so that nothing of the person's is read or written. */
function folders(folder) {
  const names = { HOME: "home", XDG_CONFIG_HOME: "config", XDG_DATA_HOME: "data", XDG_CACHE_HOME: "cache" };
  const made = { XDG_RUNTIME_DIR: join(folder, "runtime") };
  mkdirSync(made.XDG_RUNTIME_DIR, { mode: 0o700 });
  for (const [variable, name] of Object.entries(names)) {
    made[variable] = join(folder, name);
    mkdirSync(made[variable]);
  }
  // Cargo and npm keep what they fetched in the person's home, and may be asked by a test.
  const home = process.env.HOME ?? folder;
  made.CARGO_HOME = process.env.CARGO_HOME ?? join(home, ".cargo");
  made.RUSTUP_HOME = process.env.RUSTUP_HOME ?? join(home, ".rustup");
  return made;
}

/** What makes pictures the same on every machine, and WebKit work without a graphics card. */
const steady = {
  GDK_BACKEND: "x11",
  LIBGL_ALWAYS_SOFTWARE: "1",
  WEBKIT_DISABLE_DMABUF_RENDERER: "1",
  LC_ALL: "C.UTF-8",
  TZ: "UTC",
  GTK_THEME: "Adwaita",
};

function firstLine(child, stream, program) {
  return new Promise((resolve, reject) => {
    let text = "";
    const timer = setTimeout(() => reject(new Error(`${program} said nothing for 20 seconds`)), 20_000);
    const settle = (finish) => (value) => {
      clearTimeout(timer);
      finish(value);
    };
    stream.setEncoding("utf8").on("data", (chunk) => {
      text += chunk;
      if (text.includes("\n")) settle(resolve)(text.slice(0, text.indexOf("\n")));
    });
    child.on("error", settle(reject));
    child.on("exit", (code) => settle(reject)(new Error(`${program} ended with ${code}`)));
  });
}

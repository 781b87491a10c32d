// The real app in its real window, on a person's desktop, with a profile that lives as long as the test wants.
// It is opened through tauri-driver, so that a test can look into the page and press what is there.
import { mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { Child } from "./child.mjs";
import { Page } from "./page.mjs";
import { application, driverProgram, folder, output, webKitDriver } from "./places.mjs";
import { pause, until } from "./until.mjs";
import { WebDriver } from "./webdriver.mjs";

/** How often the window is looked for, a tenth of a second apart. */
const SEARCHES = 50;

export class App extends Page {
  /**
   * Opens the app. `ca` is the only authority that it trusts; `surroundings` is the file of an internet to search in; `drawn` is
   * "as with a card", or "as it chooses" for whoever measures, who can take pictures of the screen only.
   */
  static async open(
    desktop,
    { profile = folder("profile"), ca, surroundings, drawn = "as with a card" } = {},
  ) {
    const env = {
      ...desktop.env,
      WAXWING_PROFILE: profile,
      WAXWING_LOG: "info",
      // The driver waits for ever for the picture of a page at rest that is drawn without a graphics card.
      ...(drawn === "as with a card" ? { WEBKIT_DISABLE_DMABUF_RENDERER: "0" } : {}),
      ...(ca === undefined ? {} : { SSL_CERT_FILE: ca }),
    };
    const { port, driver } = await startDriver(desktop.person, env);
    const args = surroundings === undefined ? [] : ["--surroundings", surroundings];
    const session = await WebDriver.open(port, { "tauri:options": { application, args } });
    const app = new App(session, desktop, profile, driver);
    await until(
      "the window shows something",
      () => session.run(() => document.querySelector("main") !== null),
      30_000,
    );
    return app;
  }

  constructor(session, desktop, profile, driver) {
    super(session);
    this.desktop = desktop;
    this.profile = profile;
    this.driverProcess = driver;
  }

  /** The numbers of the windows that are called like the app. While another one closes, the search may end without any. */
  #windows() {
    for (let tries = 1; ; tries += 1) {
      try {
        return this.desktop
          .run("xdotool", "search", "--onlyvisible", "--name", "^Waxwing$")
          .trim()
          .split("\n");
      } catch (error) {
        if (tries === SEARCHES) throw error;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
      }
    }
  }

  /** Where the window's inside stands on the screen. */
  place() {
    const ids = this.#windows();
    // xdotool counts the frame of a decorated window twice; xwininfo does not.
    const places = ids.map((id) => {
      const told = this.desktop.run("xwininfo", "-id", id);
      const value = (name) => Number(new RegExp(`${name}: +(-?\\d+)$`, "m").exec(told)?.[1]);
      return {
        id,
        x: value("Absolute upper-left X"),
        y: value("Absolute upper-left Y"),
        width: value("Width"),
        height: value("Height"),
      };
    });
    return places.toSorted((a, b) => b.width * b.height - a.width * a.height)[0];
  }

  /**
   * Keeps a picture of what the window shows. The web view draws it for us: what stands on the virtual screen itself
   * may be seconds old while the machine is busy. What it has painted last may be old too, so two frames are waited for.
   */
  async picture(name) {
    mkdirSync(output, { recursive: true });
    await this.driver.run(painted, 5_000);
    writeFileSync(join(output, `${name}.png`), await this.driver.screenshot());
  }

  /** Keeps a picture of the screen, with what hangs at the pointer. */
  async pictureOfScreen(name) {
    mkdirSync(output, { recursive: true });
    await pause(500);
    this.desktop.run("import", "-window", "root", join(output, `${name}.png`));
  }

  /** Ends the app with everything that belongs to it, without asking it: a journey may go on with its profile. */
  async close() {
    await this.driver.close().catch(() => {});
    await this.driverProcess.stop(2000);
    // One that is still leaving would be asked to show its window by the next.
    await until(`the app on ${this.profile} has ended`, () => !isRunningOn(this.profile));
  }
}

/** Runs in the page: until what stands there now is painted, or for so long at the most; a page that nobody sees paints nothing. */
function painted(most) {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const rest = new Promise((done) => setTimeout(done, most));
  const behind = () => new Promise((done) => setTimeout(done, 100));
  return Promise.race([frame().then(frame).then(behind), rest]).then(() => null);
}

/** Whether a process of the app has this profile (proc(5), `environ`). */
function isRunningOn(profile) {
  const setting = `WAXWING_PROFILE=${profile}`;
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .some((id) => {
      try {
        const program = readlinkSync(`/proc/${id}/exe`);
        if (program !== application) return false;
        return readFileSync(`/proc/${id}/environ`, "utf8").split("\0").includes(setting);
      } catch {
        // It has just ended, or is not ours.
        return false;
      }
    });
}

/** A driver of the plain web view, without the app: the control of the test with hostile letters. */
export async function openPlainWebView(desktop) {
  const port = await freePort();
  const child = Child.start(`${desktop.person}-plain`, webKitDriver, [`--port=${port}`, "--host=127.0.0.1"], {
    env: desktop.env,
  });
  await answers(port, child);
  const driver = await WebDriver.open(port, { browserName: "MiniBrowser" });
  return {
    driver,
    close: async () => {
      await driver.close().catch(() => {});
      await child.stop(2000);
    },
  };
}

async function startDriver(person, env) {
  const [port, native] = [await freePort(), await freePort()];
  const args = ["--port", port, "--native-port", native, "--native-driver", webKitDriver].map(String);
  const driver = Child.start(`${person}-app`, driverProgram, args, { env });
  await answers(port, driver);
  await answers(native, driver);
  return { port, driver };
}

function answers(port, child) {
  return until(`${child.name} answers`, async () => {
    if (child.over) throw Object.assign(new Error(child.said()), { final: true });
    const response = await fetch(`http://127.0.0.1:${port}/status`);
    await response.text();
    return true;
  });
}

function freePort() {
  return new Promise((done) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

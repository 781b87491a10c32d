// The demo mailbox in the real window, without any server, with the real keyboard and the real mouse of its screen.
import { App } from "./app.mjs";
import { Desktop } from "./desktop.mjs";
import { pause } from "./until.mjs";

export class Demo {
  #desktop;

  constructor(desktop, app) {
    this.#desktop = desktop;
    this.app = app;
  }

  /** A screen of its own, the app on it, and the demo mailbox in the app. */
  static async open(name, options) {
    const desktop = await Desktop.open(name);
    const demo = new Demo(desktop, undefined);
    try {
      demo.app = await App.open(desktop, options);
      await demo.app.press("button", /demo mailbox/);
      await demo.app.find("treegrid", /Accounts and folders/);
    } catch (error) {
      await demo.close();
      throw error;
    }
    return demo;
  }

  async close() {
    await this.app?.close();
    await this.#desktop.close();
  }

  /** Presses keys as xdotool calls them: `ctrl+plus`. */
  type(keys) {
    this.#desktop.run("xdotool", "key", "--clearmodifiers", keys);
  }

  /** Types words, letter by letter. */
  write(words) {
    this.#desktop.run("xdotool", "type", "--delay", "40", words);
  }

  /** Goes to a point of the window's page and presses so often. */
  async press({ x, y }, times) {
    const window = this.app.place();
    const [left, top] = [window.x + x, window.y + y].map((at) => String(Math.round(at)));
    this.#desktop.run("xdotool", "mousemove", left, top);
    await pause(100);
    if (times === 0) return;
    this.#desktop.run("xdotool", "click", "--repeat", String(times), "--delay", "60", "1");
  }
}

// The little of the W3C WebDriver protocol that these tests speak. What is found on a page is the page's (page.mjs).

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

export class WebDriver {
  /** Opens a session at a driver that listens on this port. */
  static async open(port, capabilities) {
    const base = `http://127.0.0.1:${port}`;
    const { sessionId } = await ask("POST", `${base}/session`, {
      capabilities: { alwaysMatch: capabilities },
    });
    return new WebDriver(`${base}/session/${sessionId}`);
  }

  constructor(base) {
    this.base = base;
  }

  /** Runs a function in the page. It sees its arguments and the page, and nothing of ours. */
  run(work, ...args) {
    const script = `return (${work}).apply(null, arguments)`;
    return this.post("/execute/sync", { script, args });
  }

  go(url) {
    return this.post("/url", { url });
  }

  refresh() {
    return this.post("/refresh");
  }

  click(element) {
    return this.post(`/element/${element[ELEMENT]}/click`);
  }

  type(element, text) {
    return this.post(`/element/${element[ELEMENT]}/value`, { text });
  }

  /** Keys for whatever has the focus. Between "Control" and its release come the keys it is held for. */
  async keys(...keys) {
    const actions = keys.flatMap((key) => {
      const [name, held] = key.startsWith("Control+") ? [key.slice(8), true] : [key, false];
      const value = special[name] ?? name;
      const press = [
        { type: "keyDown", value },
        { type: "keyUp", value },
      ];
      const control = special.Control;
      return held
        ? [{ type: "keyDown", value: control }, ...press, { type: "keyUp", value: control }]
        : press;
    });
    await this.post("/actions", { actions: [{ type: "key", id: "keyboard", actions }] });
  }

  async screenshot() {
    return Buffer.from(await ask("GET", `${this.base}/screenshot`), "base64");
  }

  close() {
    return ask("DELETE", this.base);
  }

  post(path, body = {}) {
    return ask("POST", this.base + path, body);
  }
}

/** Keys that have no letter. */
export const special = {
  Control: "\uE009",
  Shift: "\uE008",
  Enter: "\uE007",
  Escape: "\uE00C",
  Tab: "\uE004",
  Backspace: "\uE003",
  ArrowDown: "\uE015",
  ArrowUp: "\uE013",
  Release: "\uE000",
};

async function ask(method, url, body) {
  const response = await fetch(url, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
    headers: { "content-type": "application/json" },
    signal: AbortSignal.timeout(180_000),
  });
  const { value } = await response.json();
  if (response.ok) return value;
  throw new Error(`${value.error}: ${value.message}`);
}

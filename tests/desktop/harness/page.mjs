// Finding things as a person does who hears the window: by what they are and what they are called.
import { special } from "./webdriver.mjs";
import { until } from "./until.mjs";

export class Page {
  constructor(driver) {
    this.driver = driver;
  }

  /** All visible elements of this role whose name matches; `within` narrows it to one element. */
  all(role, name = /./, within = null) {
    return this.driver.run(elementsOf, role, name.source, name.flags, within);
  }

  /** The first one, as soon as it is there. */
  find(role, name, { within, patience } = {}) {
    return until(
      `there is a ${role} called ${name}`,
      async () => (await this.all(role, name, within))[0],
      patience,
    );
  }

  /** Waits until nothing of the kind is there. */
  gone(role, name, patience) {
    return until(
      `no ${role} is called ${name}`,
      async () => (await this.all(role, name)).length === 0,
      patience,
    );
  }

  /** Presses it with the mouse. What moves away under the hand is looked for again. */
  async press(role, name, options) {
    await until(`the ${role} ${name} is pressed`, async () => {
      const element = await this.find(role, name, { patience: 500, ...options });
      // The driver takes for seen what is hidden behind something that stands still while the rest is scrolled.
      await this.driver.run((it) => it.scrollIntoView({ block: "nearest", behavior: "instant" }), element);
      await this.driver.click(element);
      return true;
    });
  }

  /** Types into a field, over whatever stands there. */
  async fill(role, name, text, options) {
    await this.write(await this.find(role, name, options), text);
  }

  async fillNamed(field, text) {
    const input = await until(`there is a field ${field}`, () =>
      this.driver.run((name) => document.querySelector(`input[name="${name}"]:not([type=hidden])`), field),
    );
    await this.write(input, text);
  }

  async write(element, text) {
    await this.driver.type(element, `${special.Control}a${special.Release}`);
    await this.driver.type(element, text);
  }

  /** What is written in it. */
  text(element) {
    return this.driver.run((it) => it.innerText, element);
  }

  /** All that can be read in the window, without what is in frames. */
  words() {
    return this.driver.run(() => document.body.innerText);
  }

  /** Presses what opens a dialog, once more where it was drawn anew under the hand, so that the press met nothing. */
  async opens(button, dialog, milliseconds = 40_000) {
    return until(
      `${button} opens ${dialog}`,
      async () => {
        if ((await this.all("dialog", dialog)).length === 0)
          await this.press("button", button, { patience: 500 });
        return this.find("dialog", dialog, { patience: 5000 });
      },
      milliseconds,
    );
  }

  /** Waits until it can be read in the window, and gives all that could be read then. */
  async reads(words, patience) {
    const pattern =
      words instanceof RegExp ? words : new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    let seen = "";
    try {
      await until(
        `the window says ${pattern}`,
        async () => pattern.test((seen = await this.words())),
        patience,
      );
    } catch (error) {
      throw new Error(`${error.message}\nIt says:\n${seen}`, { cause: error });
    }
    return seen;
  }

  /** What the open letters say, each in its frame. */
  letters() {
    return this.driver.run(() =>
      [...document.querySelectorAll("iframe")].map((frame) => frame.contentDocument?.body?.innerText ?? ""),
    );
  }

  /** Waits until an open letter says this. */
  async readsLetter(words, patience) {
    let seen = [];
    await until(
      `an open letter says “${words}”`,
      async () => {
        seen = await this.letters();
        return seen.some((text) => text.includes(words));
      },
      patience,
    ).catch((error) => {
      throw new Error(`${error.message}\nThe letters say: ${JSON.stringify(seen)}`, { cause: error });
    });
  }
}

/** Runs in the page. */
function elementsOf(role, source, flags, within) {
  const pattern = new RegExp(source, flags);
  const implicit = {
    button: "button",
    link: "a[href]",
    textbox: "input:not([type=hidden],[type=radio],[type=checkbox],[type=file]),textarea",
    heading: "h1,h2,h3",
    main: "main",
    navigation: "nav",
    region: "section[aria-label]",
    contentinfo: "footer",
    article: "article",
    list: "ul",
    listitem: "li",
    radio: "label",
  };
  const named = implicit[role] === undefined ? "" : `,:is(${implicit[role]}):not([role])`;
  const found = (within ?? document).querySelectorAll(`[role="${role}"]${named}`);
  const text = (element) => (element?.textContent ?? "").replace(/\s+/g, " ").trim();
  const nameOf = (element) => {
    const by = element.getAttribute("aria-labelledby");
    if (by)
      return by
        .split(" ")
        .map((id) => text(document.getElementById(id)))
        .join(" ");
    const label = element.getAttribute("aria-label");
    if (label) return label;
    if (element.labels?.length) return [...element.labels].map(text).join(" ");
    return text(element);
  };
  return [...found].filter((element) => {
    const shown = element.getClientRects().length > 0 && getComputedStyle(element).visibility !== "hidden";
    return shown && !element.closest('[aria-hidden="true"],[inert]') && pattern.test(nameOf(element));
  });
}

// The real window for benchmarks that ask what a person sees: the release build in WebKitGTK on a virtual screen, driven through
// its driver. What is measured is measured by the page itself, from the press to the frame that shows what was asked for; the
// functions that run in the page stand here and see nothing of this file.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../terminal.mjs";
import { installTauriDriver } from "../../tools.mjs";

/** Builds the window, unless `WAXWING_APP` names one that is built, and gives what drives it. */
export async function theWindow() {
  installTauriDriver();
  if (process.env.WAXWING_APP === undefined) {
    const quiet = { cwd: root, stdio: ["ignore", "ignore", "inherit"] };
    execFileSync("npm", ["run", "--silent", "ui:build"], quiet);
    execFileSync("cargo", ["build", "--release", "--quiet", "--locked", "--package", "waxwing"], quiet);
    process.env.WAXWING_APP = join(root, "target/release/waxwing");
  }
  const harness = (name) => import(`../../../tests/desktop/harness/${name}.mjs`);
  const [app, account, desktop, places, until] = await Promise.all(
    ["app", "account", "desktop", "places", "until"].map(harness),
  );
  return { ...app, ...account, ...desktop, ...places, ...until };
}

/** Fills a store with rows and without bodies, which lists do not need: a million take a gigabyte. Subjects and people are indexed. */
export function fill(store, letters) {
  const example = ["--package", "waxwing-store", "--example", "fill"];
  const words = [
    "run",
    "--release",
    "--quiet",
    "--locked",
    ...example,
    "--",
    store,
    String(letters),
    "1",
    "--indexed",
  ];
  execFileSync("cargo", [...words, "--unmeasured"], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
}

/** The one of so many numbers below which this share of them is. */
export function quantile(numbers, share) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** Starts what runs in the page by itself and waits for its end; what the page threw is thrown here. */
export async function inPage(app, until, patience, work, ...args) {
  await app.driver.run(
    `(...args) => {
    window.waxwingPainted = ${painted};
    window.waxwingMeasured = undefined;
    (${work})(...args).then(
      (value) => (window.waxwingMeasured = { value }),
      (error) => (window.waxwingMeasured = { error: String(error?.message ?? error?.sentence ?? error) }),
    );
  }`,
    ...args,
  );
  const measured = await until(
    "it is measured",
    () => app.driver.run(() => window.waxwingMeasured),
    patience,
  );
  // Whoever waits for something need not ask again.
  if (measured.error !== undefined) throw Object.assign(new Error(measured.error), { final: true });
  return measured.value;
}

/**
 * Runs in the page, in the callback of a frame: when that frame was painted. A message that the window sends itself comes after the
 * frame; one by a channel would go by another process first (6 to 12 ms in WebKitGTK).
 */
function painted() {
  return new Promise((done) => {
    const heard = ({ data }) => {
      if (data !== "waxwing: painted") return;
      window.removeEventListener("message", heard);
      done(performance.now());
    };
    window.addEventListener("message", heard);
    window.postMessage("waxwing: painted", "*");
  });
}

/** What of the memory of all processes of the app on this profile is theirs alone, and their share of the rest, in MB (PSS). */
export function megabytes(profile) {
  const setting = `WAXWING_PROFILE=${profile}`;
  let kilobytes = 0;
  for (const id of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const environment = readFileSync(`/proc/${id}/environ`, "utf8").split("\0");
      const command = readFileSync(`/proc/${id}/cmdline`, "utf8");
      if (!environment.includes(setting) || /driver/i.test(command)) continue;
      const rollup = readFileSync(`/proc/${id}/smaps_rollup`, "utf8");
      kilobytes += Number(/^Pss: +(\d+)/m.exec(rollup)?.[1] ?? 0);
    } catch {
      // It has just ended.
    }
  }
  return kilobytes / 1024;
}

/** When the app's process began, in milliseconds since 1970 (proc(5), `starttime`). */
export function began(profile) {
  const setting = `WAXWING_PROFILE=${profile}`;
  for (const id of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${id}/environ`, "utf8").split("\0").includes(setting)) continue;
      if (readFileSync(`/proc/${id}/cmdline`, "utf8").split("\0")[0] !== process.env.WAXWING_APP) continue;
      const ticks = Number(
        readFileSync(`/proc/${id}/stat`, "utf8")
          .replace(/^.*\) /s, "")
          .split(" ")[19],
      );
      const [up] = readFileSync("/proc/uptime", "utf8").split(" ").map(Number);
      return Date.now() - (up - ticks / 100) * 1000;
    } catch {
      // Not ours, or gone.
    }
  }
  throw new Error("the app does not run");
}

/**
 * Runs in the page: opens the letters at these places of the list, and gives for each the milliseconds until the frame that shows it:
 * with the mouse from the end of a press that takes as long as a quick person's, or with the arrow down from the key, in which case
 * the places follow one another and the one before the first is open.
 */
export async function openLetters(places, how) {
  const PRESS = 70;
  const list = document.querySelector("[role=listbox]");
  const frame = () => new Promise(requestAnimationFrame);
  const until = async (is) => {
    for (const begun = performance.now(); !is(); await frame())
      if (performance.now() - begun > 20_000) throw new Error(`nothing came at ${String(is)}`);
  };
  const letter = () => document.querySelector("#reading iframe[data-letter]");
  const high = list.querySelector("[data-index]").getBoundingClientRect().height;
  const times = [];
  for (const place of places) {
    const row = () => document.getElementById(`conversation-${place}`);
    if (how === "mouse") {
      list.scrollTop = place * high;
      await until(() => row() !== null);
    }
    // Nothing else is left to do before the press.
    await new Promise((done) => setTimeout(done, how === "mouse" ? 200 : 400));
    const before = letter();
    if (how === "mouse") {
      const press = { bubbles: true, cancelable: true, pointerType: "mouse", button: 0, buttons: 1 };
      row().dispatchEvent(new PointerEvent("pointerdown", press));
      await new Promise((done) => setTimeout(done, PRESS));
      row().dispatchEvent(new PointerEvent("pointerup", { ...press, buttons: 0 }));
    }
    const begun = performance.now();
    if (how === "mouse") row().click();
    else
      list.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true, cancelable: true }));
    await until(() => {
      const now = letter();
      return (
        now !== null &&
        now !== before &&
        now.contentDocument?.readyState === "complete" &&
        now.contentDocument.body.hasChildNodes()
      );
    });
    times.push((await window.waxwingPainted()) - begun);
  }
  return times;
}

/** Runs in the page: how long the engine takes for each of these letters, with the way there and back. */
export async function askForBodies(emails) {
  const look = { dark: false, darkAround: false, remoteImages: false, plain: false, charset: null };
  const times = [];
  for (const email of emails) {
    const begun = performance.now();
    await window.__TAURI_INTERNALS__.invoke("body", { email, look });
    times.push(performance.now() - begun);
  }
  return times;
}

/** Runs in the page: goes to a folder, and gives the milliseconds from the press to the frame that shows its rows. */
export async function openFolder(name, at) {
  const frame = () => new Promise(requestAnimationFrame);
  const rows = [...document.querySelectorAll("[role=treegrid] [role=row]")];
  const row = rows.filter((each) => each.textContent.includes(name))[at];
  if (row === undefined) throw new Error(`there is no folder ${name}`);
  const before = document.querySelector("[role=listbox]");
  const box = row.getBoundingClientRect();
  const press = (kind, more) =>
    row.dispatchEvent(
      new PointerEvent(kind, {
        bubbles: true,
        cancelable: true,
        pointerType: "mouse",
        pointerId: 1,
        button: 0,
        clientX: box.x + 40,
        clientY: box.y + 8,
        ...more,
      }),
    );
  const begun = performance.now();
  press("pointerdown", { buttons: 1 });
  press("pointerup", { buttons: 0 });
  row.click();
  for (;;) {
    await frame();
    const list = document.querySelector("[role=listbox]");
    if (list !== before && list !== null && list.querySelector("[role=option]") !== null) break;
    if (performance.now() - begun > 20_000) throw new Error("no rows came");
  }
  return (await window.waxwingPainted()) - begun;
}

/**
 * Runs in the page: types these words into the search, a key each so many milliseconds, and gives for each key the milliseconds to the
 * frame that shows what is found by then. A key whose answer is not there when the next one comes counts until a later one's is: what
 * it asked for is not asked any more.
 */
export async function typeWords(words, between) {
  const frame = () => new Promise(requestAnimationFrame);
  const field = document.querySelector("search input");
  const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
  const put = (value) => {
    write.call(field, value);
    field.setSelectionRange(value.length, value.length);
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  };
  /** The query whose rows are shown, or of which it is shown that there are none; null while the list waits for them. */
  const found = () => {
    const pane = document.querySelector("section[aria-label*='“']");
    const list = pane?.querySelector("[role=listbox]");
    if (pane === null || (list !== null && list.querySelector("[role=option]") === null)) return null;
    return /“(.*)”/.exec(pane.getAttribute("aria-label"))[1];
  };
  const times = [];
  field.focus();
  for (const word of words) {
    // Nothing else is left to do before the first key.
    await new Promise((done) => setTimeout(done, 1_500));
    /** Keys whose results were not seen yet: what stood in the field, and since when. */
    let open = [];
    let typed = 0;
    let next = performance.now();
    while (typed < word.length || open.length > 0) {
      if (typed < word.length && performance.now() >= next) {
        typed += 1;
        next = performance.now() + between;
        const begun = performance.now();
        put(word.slice(0, typed));
        open.push({ typed, begun });
      }
      await frame();
      const shown = found();
      const seen = shown !== null && word.startsWith(shown) ? shown.length : 0;
      if (open.some((key) => key.typed <= seen)) {
        const painted = await window.waxwingPainted();
        times.push(...open.filter((key) => key.typed <= seen).map((key) => painted - key.begun));
        open = open.filter((key) => key.typed > seen);
      }
      if (open.length > 0 && performance.now() - open[0].begun > 20_000)
        throw new Error(`nothing was found for ${word.slice(0, open[0].typed)}`);
    }
    put("");
    await frame();
  }
  field.blur();
  return times;
}

/** Runs in the page: jumps to these parts of the list, and gives the milliseconds to the frame in which no row is missing. */
export async function jump(parts) {
  const list = document.querySelector("[role=listbox]");
  const frame = () => new Promise(requestAnimationFrame);
  const times = [];
  for (const part of parts) {
    await new Promise((done) => setTimeout(done, 200));
    const before = list.querySelector("[role=option]").id;
    const begun = performance.now();
    list.scrollTop = (list.scrollHeight - list.clientHeight) * part;
    for (;;) {
      await frame();
      const rows = [...list.querySelectorAll("[role=option]")];
      const [top] = rows;
      const whole = () => Math.floor(list.clientHeight / top.getBoundingClientRect().height);
      if (top !== undefined && top.id !== before && rows.length >= whole()) break;
      if (performance.now() - begun > 20_000) throw new Error("no rows came");
    }
    times.push((await window.waxwingPainted()) - begun);
  }
  return times;
}

/**
 * Runs in the page: marks all letters that can be chosen at once, as a person does with two keys, and gives the milliseconds
 * between frames until their rows show it and for two seconds more.
 */
export async function burst() {
  const list = document.querySelector("[role=listbox]");
  const frame = () => new Promise(requestAnimationFrame);
  const key = (key, ctrlKey) =>
    list.dispatchEvent(new KeyboardEvent("keydown", { key, ctrlKey, bubbles: true, cancelable: true }));
  list.scrollTop = 0;
  list.focus();
  key("a", true);
  const all = () => [...list.querySelectorAll("[role=option]")];
  const begun = performance.now();
  while (!all().every((row) => row.getAttribute("aria-selected") === "true")) {
    await frame();
    if (performance.now() - begun > 30_000) throw new Error("not all were chosen");
  }
  await new Promise((done) => setTimeout(done, 1_000));
  const unread = () => all().filter((row) => row.dataset.unread !== undefined).length;
  const before = unread();
  const times = [];
  let last = await frame();
  let shown = 0;
  key("u", false);
  for (const pressed = performance.now(); shown === 0 || performance.now() - shown < 2_000;) {
    const now = await frame();
    times.push(now - last);
    last = now;
    if (shown === 0 && unread() !== before) shown = performance.now();
    if (performance.now() - pressed > 60_000) throw new Error("the marks were not shown");
  }
  return times;
}

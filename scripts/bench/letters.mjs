// Opening a stored letter, from the end of the press on its row, or from the key, to the frame that shows it: letters of a seeded
// corpus (plain text, newsletters, attachments) that are on this computer, in the real window, each opened for the first time since
// the program began and then once more. Beside it how much of that the engine takes, the way there and back included, for as many others. The files
// of the store may be in the system's memory: nobody but the system's own user may empty that.
import { startStage } from "../../tests/stage/stage.mjs";
import { askForBodies, inPage, openLetters, quantile, theWindow } from "./with/window.mjs";

export const title = "Opening a stored letter, to painted";

/** All letters, one a row. */
const LISTING = {
  source: { kind: "allInboxes" },
  filter: { unread: false, starred: false, attachment: false, toMe: false },
  order: { by: "date", reversed: false },
  grouping: "messages",
};

/** Rows of `[what, letters, ms at the median, at 95 in a hundred, the longest, what it may be]`, the first of them the head. */
export async function measure({ letters = 2_000, opened = 200 } = {}) {
  const { App, addAccount, Desktop, folder, until } = await theWindow();
  const desktop = await Desktop.open("letters");
  const stage = await startStage(["--fill", `lena:${letters}:1`]);
  const profile = folder("letters");
  try {
    const first = await App.open(desktop, { profile, ca: stage.ca, drawn: "as it chooses" });
    const incoming = { port: stage.ports.imaps };
    const outgoing = { port: stage.ports.submissions };
    await addAccount(first, stage, "lena", { name: "Lena", incoming, outgoing });
    await first.find("option", /./, { patience: 60_000 });
    await until(
      "all letters are here",
      () => inPage(first, until, 60_000, areHere, LISTING, letters),
      600_000,
    );
    await first.close();

    const app = await App.open(desktop, { profile, ca: stage.ca, drawn: "as it chooses" });
    await app.find("option", /./, { patience: 60_000 });
    await app.driver.run(() => {
      const list = document.querySelector("[role=listbox]");
      list.dispatchEvent(new KeyboardEvent("keydown", { key: "t", bubbles: true, cancelable: true }));
    });
    await until("each letter has a row", () =>
      app.driver.run(
        (count) => document.querySelector("[role=option]")?.getAttribute("aria-setsize") === String(count),
        letters,
      ),
    );
    // With the mouse here and there in the newer half, with the arrow one after the other in the older.
    const half = Math.floor(letters / 2);
    const places = Array.from({ length: opened }, (_, at) => Math.floor((at * half) / opened));
    const cold = await inPage(app, until, 300_000, openLetters, places, "mouse");
    const warm = await inPage(app, until, 300_000, openLetters, places, "mouse");
    await inPage(app, until, 60_000, openLetters, [half], "mouse");
    const following = Array.from({ length: opened }, (_, at) => half + 1 + at);
    const byKey = await inPage(app, until, 300_000, openLetters, following, "keys");
    const others = await inPage(
      app,
      until,
      60_000,
      idsAt,
      LISTING,
      places.map((place) => place + 1),
    );
    const engine = await inPage(app, until, 300_000, askForBodies, others);
    await app.pictureOfScreen("bench-letters");
    await app.close();
    return [
      ["ms", "letters", "median", "95 %", "longest", "at most"],
      row("with the mouse, for the first time", cold, "30, 95 %: 100"),
      row("with the mouse, once more", warm, "30, 95 %: 100"),
      row("with the arrow, for the first time", byKey, "30, 95 %: 100"),
      row("the engine's part, for the first time", engine),
    ];
  } finally {
    await desktop.close();
    await stage.end();
  }
}

function row(what, times, most = "") {
  const at = (share) => quantile(times, share).toFixed(0);
  return [what, String(times.length), at(0.5), at(0.95), at(1), most];
}

/** Runs in the page: whether so many letters are here with their bodies. */
async function areHere(listing, count) {
  const { invoke } = window.__TAURI_INTERNALS__;
  const { rows, total } = await invoke("page", { listing, offset: 0, limit: count });
  if (total < count) return false;
  const letters = await invoke("letters", { emails: rows.map((each) => each.email) });
  return letters.every((letter) => letter.bodyPresent);
}

/** Runs in the page: the letters at these places. */
async function idsAt(listing, places) {
  const { invoke } = window.__TAURI_INTERNALS__;
  const ids = [];
  for (const place of places) {
    const { rows } = await invoke("page", { listing, offset: place, limit: 1 });
    if (rows[0] !== undefined) ids.push(rows[0].email);
  }
  return ids;
}

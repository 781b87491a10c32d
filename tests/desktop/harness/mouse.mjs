// The real mouse of the screen. WebDriver's own pointer starts a drag but never drops; this one is the hand of a person.
import { pause, until } from "./until.mjs";

/** Drags from one element to another: press, a little way, all the way, a moment, release. `onto` is what the app calls the other. */
export async function drag(app, from, to, { onto, beforeDrop }) {
  const start = await middle(app, from);
  const end = await middle(app, to);
  const move = (x, y) =>
    app.desktop.run("xdotool", "mousemove", String(Math.round(x)), String(Math.round(y)));
  // One that met nothing, because the window was busy or not yet in front, is begun once more, as a person would.
  await until(`something is dragged onto ${onto}`, async () => {
    move(start.x, start.y);
    await pause(100);
    app.desktop.run("xdotool", "mousedown", "1");
    await pause(60);
    const steps = 16;
    for (let step = 1; step <= steps; step++) {
      const part = step / steps;
      move(start.x + (end.x - start.x) * part, start.y + (end.y - start.y) * part);
      await pause(25);
    }
    let aside = 0;
    const told = async () => {
      move(end.x + (aside = 1 - aside), end.y);
      await pause(100);
      return onto.test(await app.driver.run(ghost));
    };
    if (await until("it hangs at the pointer", told, 4_000).catch(() => false)) return true;
    app.desktop.run("xdotool", "mouseup", "1");
    return false;
  });
  await beforeDrop?.();
  app.desktop.run("xdotool", "mouseup", "1");
}

/** Runs in the page: what is written beside the pointer while something is dragged. */
function ghost() {
  const hidden = [...document.querySelectorAll('[aria-hidden="true"]')];
  return hidden.find(({ style }) => style?.visibility === "visible")?.textContent ?? "";
}

/** Presses an element with the real button. */
export async function pressByHand(app, element) {
  const { x, y } = await middle(app, element);
  app.desktop.run("xdotool", "mousemove", String(Math.round(x)), String(Math.round(y)));
  await pause(100);
  app.desktop.run("xdotool", "click", "1");
}

/** A point of an element, on the screen: its middle, but not far from its left, where its words are. */
async function middle(app, element) {
  const inside = await app.driver.run((it) => {
    const { left, top, width, height } = it.getBoundingClientRect();
    return { x: left + Math.min(width / 2, 120), y: top + height / 2 };
  }, element);
  const { x, y } = app.place();
  return { x: x + inside.x, y: y + inside.y };
}

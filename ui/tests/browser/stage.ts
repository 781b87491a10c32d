// What the tests of the main window share: opening it on a scene, finding its parts, and reaching the engine in memory.
import { expect, type Locator, type Page } from "@playwright/test";
import type { MemoryBackend } from "../../src/ipc/memory";
import type { Sample } from "../../src/ipc/memory/post";

export interface Scene {
  scene?: "first-run" | "empty" | "million" | "failing" | "offline" | "this-run";
  theme?: "light" | "dark";
  delay?: number;
}

export const SHOTS = "test-output/screens";

/** Opens the window. A warning or an error on the page's console fails the test that caused it. */
export async function openWindow(page: Page, { scene, theme = "light", delay }: Scene = {}): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
  const query = new URLSearchParams();
  if (scene !== undefined) query.set("scene", scene);
  if (delay !== undefined) query.set("delay", String(delay));
  page.on("pageerror", (error) => expect(error.message, "no error may reach the page").toBe(""));
  await page.goto(`/?${query.toString()}`);
  await expect(page.getByRole("navigation", { name: "Accounts and folders" })).toBeVisible();
  await expect(page.locator("[aria-busy=true]"), "the rows have come").toHaveCount(0);
}

export const list = (page: Page): Locator =>
  page.getByRole("listbox", { name: /^(Conversations|Letters) in/ });
export const rows = (page: Page): Locator => list(page).getByRole("option");
export const row = (page: Page, name: RegExp): Locator => list(page).getByRole("option", { name });
export const chosen = (page: Page): Locator => list(page).getByRole("option", { selected: true });
export const tree = (page: Page): Locator => page.getByRole("treegrid", { name: "Accounts and folders" });
export const folder = (page: Page, name: RegExp): Locator => tree(page).getByRole("row", { name });
export const reading = (page: Page): Locator => page.getByRole("main", { name: /^(Conversation|Letter)$/ });
export const subject = (page: Page): Locator => reading(page).getByRole("heading", { level: 1 });
export const toast = (page: Page): Locator => page.getByRole("region", { name: "Notifications" });

/** What is measured, when it has come to rest: three looks in a row see the same. */
export async function settled<T>(look: () => Promise<T>): Promise<T> {
  const seen: string[] = [];
  let last = await look();
  await expect
    .poll(async () => {
      last = await look();
      seen.push(JSON.stringify(last));
      return seen.length > 2 && new Set(seen.slice(-3)).size === 1;
    })
    .toBe(true);
  return last;
}

/** A setting, as the engine keeps it. */
export function setting(page: Page, key: string): Promise<string | null> {
  return page.evaluate((name) => (globalThis as unknown as InMemory).waxwing.setting(name), key);
}

export type InMemory = { waxwing: MemoryBackend };

/** From now on the engine keeps its answers to this question to itself, until the test calls what it is given here. */
export async function held(
  page: Page,
  question: "page" | "who" | "missedPictures" | "check" | "saveDraft" | "closeDraft" | "editDraft",
): Promise<() => Promise<void>> {
  await page.evaluate((name) => {
    const { waxwing } = globalThis as unknown as InMemory;
    const all = waxwing as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>;
    const usual = all[name];
    if (usual === undefined) throw new Error(`The engine has no ${name}.`);
    const until = new Promise<void>((answer) => Object.assign(globalThis, { [`answer ${name}`]: answer }));
    all[name] = async (...given) => {
      await until;
      return usual(...given);
    };
  }, question);
  return () =>
    page.evaluate(
      (name) => (globalThis as unknown as Record<string, () => void>)[`answer ${name}`]?.(),
      question,
    );
}

/** A letter arrives now. */
export async function receive(page: Page, sample: Partial<Sample>): Promise<void> {
  await page.evaluate((letter) => (globalThis as unknown as InMemory).waxwing.receive(letter), sample);
}

/** The server says that an account is so full, in bytes. */
export async function fill(page: Page, account: string, used: number): Promise<void> {
  await page.evaluate(([id, bytes]) => (globalThis as unknown as InMemory).waxwing.fill(id, bytes), [
    account,
    used,
  ] as const);
}

/** As if an entry of the native menu was chosen. */
export async function menu(page: Page, command: string): Promise<void> {
  await page.evaluate((name) => (globalThis as unknown as InMemory).waxwing.menu(name), command);
}

/** The page has drawn what it knows now. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))),
  );
}

/** Drags with the mouse as a hand does: press, a little way, all the way, a moment, release. */
export async function drag(page: Page, from: Locator, to: Locator, drop = true): Promise<void> {
  const start = await from.boundingBox();
  const end = await to.boundingBox();
  if (start === null || end === null) throw new Error("Both ends of a drag must be in view.");
  const goal = { x: end.x + Math.min(70, end.width / 2), y: end.y + end.height / 2 };
  await page.mouse.move(start.x + 90, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move(start.x + 84, start.y + start.height / 2 + 6, { steps: 3 });
  await page.mouse.move(goal.x, goal.y, { steps: 6 });
  await drawn(page);
  await page.mouse.move(goal.x + 1, goal.y);
  await drawn(page);
  if (drop) await page.mouse.up();
}

/** Types a day where the window asks to which one the list is to go: 16112026. */
export async function typeDay(page: Page, digits: string): Promise<void> {
  await expect(page.getByRole("spinbutton", { name: /^day/ })).toBeFocused();
  await page.keyboard.type(digits);
}

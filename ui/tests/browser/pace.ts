// The `test` of every browser test. It takes the clock out of them: what the window does by itself after some seconds (a
// toast goes, a discarded draft is lost) it does when the test says so, for nobody knows how long the test took to get here.
// Every page opens at the same hour of the same day; WAXWING_NOW names another one.
// And WAXWING_SLOW=5 makes the machine slow on purpose: the page gets a fifth of the processor, frames come late, and the
// engine takes its time over every answer. A test that fails then waits for the wrong thing, or the window loses a key.
import { expect, test as base, type BrowserContext, type Locator, type Page } from "@playwright/test";

export { expect };

/** How many times slower than it is. */
const SLOWNESS = Number(process.env.WAXWING_SLOW) || 1;
/** When every page opens, so that no test knows midnights, Februaries and the change to summer time. */
const NOW = Date.parse(process.env.WAXWING_NOW ?? "2026-11-20T14:30:00+01:00");
/** Timers from this length to that wait for `letTimePass`. Shorter ones are pauses of typing, of reading and of the engine. */
const LONG = [2_500, 60_000] as const;

interface Held {
  due: number;
  run: () => void;
}
interface Holding {
  /** Only those of exactly this length, and only the first so many that were ever held. */
  letTimePass: (length?: number, first?: number) => void;
  everHeld: () => number;
}

function holdLongTimers([from, to]: readonly [number, number]): void {
  const start = window.setTimeout.bind(window);
  const stop = window.clearTimeout.bind(window);
  const held = new Map<number, Held>();
  const FIRST = 1_000_000_000;
  let last = FIRST;
  const hold = (run: () => void, due: number) => {
    held.set((last += 1), { due, run });
    return last;
  };
  const later = (run: TimerHandler, pause = 0, ...given: unknown[]) =>
    typeof run === "function" && pause >= from && pause < to
      ? hold(() => (run as (...all: unknown[]) => void)(...given), pause)
      : start(run, pause, ...given);
  Object.assign(window, {
    setTimeout: later,
    clearTimeout: (timer?: number) => (timer !== undefined && held.delete(timer) ? undefined : stop(timer)),
    everHeld: () => last - FIRST,
    letTimePass: (length?: number, first = Infinity) => {
      const due = [...held]
        .filter(([timer, each]) => timer - FIRST <= first && (length === undefined || each.due === length))
        .sort(([, one], [, other]) => one.due - other.due);
      for (const [timer] of due) held.delete(timer);
      for (const [, { run }] of due) run();
    },
  });
}

function standAt(now: number): void {
  const real = Date;
  const shift = now - real.now();
  window.Date = new Proxy(real, {
    construct: (date, given: unknown[]) =>
      Reflect.construct(date, given.length > 0 ? given : [date.now() + shift]) as Date,
    apply: (date) => new date(date.now() + shift).toString(),
    get: (date, name) => (name === "now" ? () => date.now() + shift : (Reflect.get(date, name) as unknown)),
  });
}

/** What waits for its time has it now, in the order in which it would have come. */
export async function letTimePass(page: Page): Promise<void> {
  await page.evaluate(() => (window as unknown as Holding).letTimePass());
}

/** How many long timers the page has asked for, when it has come to rest. */
function questions(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((tell) =>
        requestAnimationFrame(() =>
          requestAnimationFrame(() => setTimeout(() => tell((window as unknown as Holding).everHeld()))),
        ),
      ),
  );
}

/**
 * An engine whose delay is that long answers until this is seen, one answer after the other. What is asked for while we look is
 * not answered by this: it may be the question of what is seen now, and the test wants to see it wait.
 */
export async function answeredUntil(page: Page, seen: Locator, delay = 5000): Promise<void> {
  const look = async () => {
    const asked = await questions(page);
    if (await seen.isVisible()) return true;
    await page.evaluate(([length, first]) => (window as unknown as Holding).letTimePass(length, first), [
      delay,
      asked,
    ] as const);
    return false;
  };
  await expect.poll(look, { timeout: 60_000, intervals: [20] }).toBe(true);
}

function delayFrames(late: number): void {
  const next = window.requestAnimationFrame.bind(window);
  const waiting = new Set<number>();
  let last = 0;
  window.requestAnimationFrame = (run) => {
    const frame = (last += 1);
    waiting.add(frame);
    setTimeout(() => next((now) => waiting.delete(frame) && run(now)), late);
    return frame;
  };
  window.cancelAnimationFrame = (frame) => void waiting.delete(frame);
}

async function slow(context: BrowserContext): Promise<void> {
  await context.addInitScript(delayFrames, 30 * SLOWNESS);
  context.on("page", (page) => void throttle(page));
}

async function throttle(page: Page): Promise<void> {
  // A page that has gone by now needs no brake.
  await (async () => {
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWNESS });
  })().catch(() => undefined);
}

/** The window's address with an engine that takes its time, where the test has not said how much. */
function unhurried(url: string): string {
  if (!url.startsWith("/") || url.includes("delay=")) return url;
  return `${url}${url.includes("?") ? "&" : "?"}delay=${25 * SLOWNESS}`;
}

export const test = base.extend({
  context: async ({ context }, give) => {
    await context.addInitScript(standAt, NOW);
    await context.addInitScript(holdLongTimers, LONG);
    if (SLOWNESS > 1) await slow(context);
    await give(context);
  },
  page: async ({ page }, give) => {
    if (SLOWNESS > 1) {
      await throttle(page);
      const goTo = page.goto.bind(page);
      page.goto = (url, options) => goTo(unhurried(url), options);
    }
    await give(page);
  },
});

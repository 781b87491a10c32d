// Where the link leads that the keys are on: it is looked at while the window has the keys, and by nobody when its letter is gone.
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { followLinks, useLinkGoal } from "../../src/state/linkGoal";

let frame: HTMLIFrameElement;
let follows: () => void;
let hasKeys: boolean;

beforeEach(() => {
  vi.useFakeTimers();
  hasKeys = true;
  vi.spyOn(document, "hasFocus").mockImplementation(() => hasKeys);
  frame = document.createElement("iframe");
  document.body.append(frame);
  const page = frame.contentDocument;
  if (page !== null)
    page.body.innerHTML =
      '<a href="https://fjord.example/" title="https://fjord.example/">A</a>' +
      '<map name="m"><area tabindex="0" href="https://quay.example/" title="https://quay.example/"></map>';
  follows = followLinks(frame);
});

afterEach(() => {
  follows();
  frame.remove();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const goal = () => useLinkGoal.getState().goal;

/** The window loses the keys to its own frame. */
function goTo(link: string): void {
  frame.contentDocument?.querySelector<HTMLElement>(link)?.focus();
  frame.focus();
  dispatchEvent(new Event("blur"));
  vi.advanceTimersByTime(200);
}

it("tells it of a link and of an area of a picture", () => {
  goTo("a");
  expect(goal()).toBe("https://fjord.example/");
  goTo("area");
  expect(goal()).toBe("https://quay.example/");
});

it("rests while another window has the keys, and goes on when they are back", () => {
  goTo("a");
  hasKeys = false;
  dispatchEvent(new Event("blur"));
  vi.advanceTimersByTime(200);
  expect(goal()).toBeNull();
  expect(vi.getTimerCount(), "nothing is looked at").toBe(0);
  hasKeys = true;
  dispatchEvent(new Event("focus"));
  expect(goal()).toBe("https://fjord.example/");
});

it("looks no more when the letter is gone, however soon after the keys went into it", () => {
  frame.focus();
  dispatchEvent(new Event("blur"));
  follows();
  vi.advanceTimersByTime(1_000);
  expect(vi.getTimerCount()).toBe(0);
});

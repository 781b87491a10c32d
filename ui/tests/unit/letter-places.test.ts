// Links to a place in the letter that they stand in.
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { pressLink } from "../../src/actions/caution";
import { goToPlace, isPlace } from "../../src/state/letterPlaces";

const scrolled = vi.fn<(place: Element) => void>();

function letter(html: string, around: Element = document.body): Document {
  const frame = document.createElement("iframe");
  frame.setAttribute("data-letter", "");
  around.append(frame);
  const page = frame.contentDocument;
  if (page === null) throw new Error("a frame has a document");
  page.body.innerHTML = html;
  const view = frame.contentWindow as unknown as { Element: typeof Element };
  view.Element.prototype.scrollIntoView = function () {
    scrolled(this);
  };
  return page;
}

beforeEach(() => scrolled.mockReset());
afterEach(() => document.body.replaceChildren());

it("goes to the place in the letter whose link was pressed", async () => {
  const link = '<a href="letter://localhost/here#b%20c">go</a>';
  letter(`${link}<p id="b c">one</p>`);
  const second = letter(`${link}<details><p id="b c">two</p></details>`);
  second.querySelector("a")?.focus();
  await pressLink("letter://localhost/here#b%20c");
  expect(scrolled.mock.lastCall?.[0].textContent, "the letter with the focus").toBe("two");
  expect(second.querySelector("details")?.open, "what is folded around it is opened").toBe(true);
});

it("goes to the first place of that name where no link has the focus, and to the top of a letter", async () => {
  letter("<p>none</p>");
  const other = letter('<p id="b">here</p>');
  await goToPlace("letter://localhost/here#b");
  expect(scrolled.mock.lastCall?.[0]).toBe(other.getElementById("b"));
  await goToPlace("letter://localhost/here#top");
  expect(scrolled.mock.lastCall?.[0].tagName).toBe("BODY");
});

it("goes nowhere for what is no such place", async () => {
  letter('<p id="b">here</p>');
  for (const url of ["letter://localhost/here#c", "letter://localhost/here#%", "letter://localhost/here#"])
    await goToPlace(url);
  expect(scrolled).not.toHaveBeenCalled();
  for (const url of ["https://a.example/#b", "letter://localhost/token/cid/b", "#b"])
    expect(isPlace(url), url).toBe(false);
});

it("goes to the place in the letter whose frame has the focus, though a link of another one had it before", async () => {
  const link = '<a href="letter://localhost/here#b">go</a>';
  const first = letter(`${link}<p id="b">one</p>`);
  letter(`${link}<p id="b">two</p>`);
  first.querySelector("a")?.focus();
  // As in the dialog of a letter within a letter, which stands behind them.
  const nested = letter(`${link}<p id="b">within the letter</p>`);
  const frames = [...document.querySelectorAll("iframe")];
  for (const [frame, text] of [
    [frames[1], "two"],
    [frames[2], "within the letter"],
  ] as const) {
    frame?.focus();
    expect(document.activeElement).toBe(frame);
    await pressLink("letter://localhost/here#b");
    expect(scrolled.mock.lastCall?.[0].textContent).toBe(text);
  }
  expect(nested.activeElement?.tagName, "no link of it has the focus").toBe("BODY");
});

it("goes to the place in the letter that the focus has come back to from its frame", async () => {
  letter('<p id="b">one</p>');
  const article = document.body.appendChild(document.createElement("article"));
  article.dataset.email = "two";
  article.tabIndex = -1;
  letter('<p id="b">two</p>', article);
  article.focus();
  await pressLink("letter://localhost/here#b");
  expect(scrolled.mock.lastCall?.[0].textContent).toBe("two");
});

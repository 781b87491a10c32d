// Links to a place in the letter that they stand in.
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { pressLink } from "../../src/actions/caution";
import { goToPlace, isPlace } from "../../src/state/letterPlaces";

const scrolled = vi.fn<(place: Element) => void>();

function letter(html: string): Document {
  const frame = document.createElement("iframe");
  frame.setAttribute("data-letter", "");
  document.body.append(frame);
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

it("goes to the first place of that name where no link has the focus, and to the top of a letter", () => {
  letter("<p>none</p>");
  const other = letter('<p id="b">here</p>');
  goToPlace("letter://localhost/here#b");
  expect(scrolled.mock.lastCall?.[0]).toBe(other.getElementById("b"));
  goToPlace("letter://localhost/here#top");
  expect(scrolled.mock.lastCall?.[0].tagName).toBe("BODY");
});

it("goes nowhere for what is no such place", () => {
  letter('<p id="b">here</p>');
  for (const url of ["letter://localhost/here#c", "letter://localhost/here#%", "letter://localhost/here#"])
    goToPlace(url);
  expect(scrolled).not.toHaveBeenCalled();
  for (const url of ["https://a.example/#b", "letter://localhost/token/cid/b", "#b"])
    expect(isPlace(url), url).toBe(false);
});

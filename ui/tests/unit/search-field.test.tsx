// The search field itself, typed into letter by letter: what the window is asked to show.
import { QueryClientProvider } from "@tanstack/react-query";
import { act, fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";
import { saveSearch } from "../../src/actions/searches";
import { backend, setBackend } from "../../src/ipc";
import { openMemory } from "../../src/ipc/memory";
import { client } from "../../src/state/client";
import { useWindow } from "../../src/state/window";
import { SearchField } from "../../src/views/main/search/SearchField";

let field: HTMLInputElement;

beforeEach(() => {
  // jsdom lays nothing out, and has nothing to scroll.
  Element.prototype.scrollTo = () => undefined;
  client.clear();
  setBackend(openMemory(new URLSearchParams()));
  useWindow.getState().go({ kind: "allInboxes" });
  render(
    <QueryClientProvider client={client}>
      <SearchField />
    </QueryClientProvider>,
  );
  field = screen.getByRole<HTMLInputElement>("combobox", { name: "Search mail" });
  field.focus();
});

/** Each letter where the caret is, as a browser puts it there. */
function type(letters: string) {
  for (const letter of letters) {
    const at = field.selectionStart ?? 0;
    const value = field.value.slice(0, at) + letter + field.value.slice(field.selectionEnd ?? at);
    // A browser has moved the caret by the time that it tells of the letter.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, value);
    field.setSelectionRange(at + 1, at + 1);
    fireEvent.input(field);
  }
}
const asked = () => {
  const { place } = useWindow.getState();
  return place.kind === "search" ? place.query : null;
};
const shows = (query: string) => vi.waitFor(() => expect(asked()).toBe(query));

it("asks for beginnings while one types, and for whole words after a space or Enter", async () => {
  type("4711");
  await shows("4711");
  type(" ");
  await shows("4711 ");
  type("from:jonas ");
  expect(field.value).toBe("4711 ");
  await shows("4711 from:jonas ");
  type("red");
  await shows("4711 from:jonas red");
  fireEvent.keyDown(field, { key: "Enter" });
  expect(asked()).toBe("4711 from:jonas red ");
});

it("asks with each key, without waiting for a rest", async () => {
  const page = vi.spyOn(backend(), "page");
  const queries = () =>
    page.mock.calls.map(([{ source }]) => (source.kind === "search" ? source.query : source.kind));
  type("k");
  expect(queries(), "in the moment of the first key").toEqual(["k"]);
  type("ettle");
  await shows("kettle");
  expect(queries(), "and then for the newest").toEqual(["k", "kettle"]);
});

it("has chips as text again, with the caret where one types, once an OR is typed", async () => {
  type("red from:amara ");
  expect(field.value).toBe("red ");
  type("OR ");
  expect(field.value).toBe("red from:amara OR ");
  expect(field.selectionStart).toBe(field.value.length);
  type("from:b x");
  await shows("red from:amara OR from:b x");
  field.setSelectionRange(0, 0);
  type("to:c ");
  expect(field.selectionStart, "in the middle too").toBe(5);
});

it("says as a combobox whether something is offered, and what, where the caret is", async () => {
  expect(field.getAttribute("aria-expanded"), "an empty field says what it understands").toBe("true");
  type("lamp ");
  expect(field.getAttribute("aria-expanded")).toBe("false");
  expect(field.hasAttribute("aria-controls")).toBe(false);
  field.setSelectionRange(0, 0);
  type("(is:st ");
  field.setSelectionRange(6, 6);
  fireEvent.select(field);
  expect(field.getAttribute("aria-expanded")).toBe("true");
  const list = screen.getByRole("listbox", { name: "Suggestions" });
  expect(field.getAttribute("aria-controls")).toBe(list.id);
  fireEvent.keyDown(field, { key: "ArrowDown" });
  const option = screen.getByRole("option", { selected: true });
  expect(field.getAttribute("aria-activedescendant")).toBe(option.id);
  fireEvent.keyDown(field, { key: "Enter" });
  expect(field.value).toBe("(is:starred lamp ");
  expect(field.selectionStart, "one goes on behind it").toBe(12);
  await shows("(is:starred lamp ");
});

it("offers the mailing lists that are known", async () => {
  type("list:");
  const option = await screen.findByRole("option");
  fireEvent.mouseDown(option);
  await vi.waitFor(() => expect(asked()).toMatch(/^list:[\w.-]+ $/u));
});

it("keeps a search by its words, and shows it as one that nobody is typing", async () => {
  await saveSearch("Boats", "boat ");
  expect(asked()).toBe("boat ");
  expect((await backend().savedSearches()).map((each) => each.query)).toEqual(["boat"]);
});

it("has the words of a search that is kept again after Escape, and none after the cross", () => {
  act(() => {
    field.blur();
    useWindow.getState().go({ kind: "search", query: "boat ", saved: "s1" });
  });
  expect(field.value).toBe("boat");
  act(() => field.focus());
  field.setSelectionRange(4, 4);
  type(" quay ");
  fireEvent.keyDown(field, { key: "Escape" });
  expect(field.value).toBe("boat");
  const cross = screen.getByRole("button", { name: "Clear the search" });
  expect(cross.getAttribute("aria-keyshortcuts"), "Escape does something else").toBeNull();
  fireEvent.click(cross);
  expect(field.value).toBe("");
  expect(useWindow.getState().place).toEqual({ kind: "allInboxes" });
});

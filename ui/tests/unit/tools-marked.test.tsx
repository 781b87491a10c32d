// What the tools and the menu of a row say is what they do now, also of a row that has left its list and is known as it was.
import { act, render, screen } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import { star, toggleRead } from "../../src/actions/letters";
import { setBackend } from "../../src/ipc";
import type { RowView } from "../../src/ipc/backend";
import { openMemory } from "../../src/ipc/memory";
import { client } from "../../src/state/client";
import { fetchRow, useEdition } from "../../src/state/rows";
import { choose, chooseNothing } from "../../src/state/selection";
import { noFilter, useWindow } from "../../src/state/window";
import { rowMenu } from "../../src/views/main/list/rowMenu";
import { Tools } from "../../src/views/main/reading/Tools";

beforeEach(() => {
  client.clear();
  chooseNothing();
  setBackend(openMemory(new URLSearchParams()));
});

async function chosenAmong(mark: "unread" | "starred"): Promise<RowView> {
  useWindow.setState({ place: { kind: "allInboxes" }, filter: { ...noFilter, [mark]: true } });
  useEdition.setState({ number: useEdition.getState().number + 1, listing: "", total: null });
  const row = await fetchRow(0);
  if (row === undefined) throw new Error(`There is a letter that is ${mark}.`);
  act(() => choose(row, 0));
  return row;
}

const inMenu = (id: string) =>
  rowMenu()
    .filter((entry) => entry !== "line")
    .find((entry) => entry.id === id)?.label;

it("offers to mark unread what was read among the unread", async () => {
  render(<Tools />);
  await chosenAmong("unread");
  expect(screen.getByRole("button", { name: "Mark as read" })).toBeTruthy();
  await act(() => toggleRead());
  expect(screen.getByRole("button", { name: "Mark as unread" })).toBeTruthy();
  expect(inMenu("toggleRead")).toBe("Mark as unread");
});

it("shows no star on what has lost it among the starred", async () => {
  render(<Tools />);
  await chosenAmong("starred");
  const tool = () => screen.getByRole("button", { name: "Star" });
  expect(tool().getAttribute("aria-pressed")).toBe("true");
  await act(() => star());
  expect(tool().getAttribute("aria-pressed")).toBe("false");
  expect(inMenu("star")).toBe("Star");
});

// Which keys are the window's while a letter has the focus, and that they are lent to the shell for just so long.
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { lendKeys, meansWindow, windowKeys } from "../../src/actions/letterKeys";
import { setBackend } from "../../src/ipc";
import { openMemory } from "../../src/ipc/memory";

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
let end: () => void = () => undefined;

beforeEach(() => setBackend(openMemory()));
afterEach(() => {
  end();
  document.body.replaceChildren();
});

it("knows the window's keys from the letter's", () => {
  for (const key of ["j", "e", "#", "Delete", "F3", "Escape", "+"])
    expect(meansWindow({ ...none, key }), key).toBe(true);
  for (const key of [" ", "Tab", "Enter", "ArrowDown", "PageDown", "Home", "Shift"])
    expect(meansWindow({ ...none, key }), key).toBe(false);
  for (const key of ["f", "p", "+", "w", "z"])
    expect(meansWindow({ ...none, key, ctrlKey: true }), `Ctrl ${key}`).toBe(true);
  for (const key of ["c", "a", "ArrowDown", "Insert"])
    expect(meansWindow({ ...none, key, ctrlKey: true }), `Ctrl ${key}`).toBe(false);
  expect(meansWindow({ ...none, key: "J", shiftKey: true })).toBe(true);
  expect(meansWindow({ ...none, key: "F3", shiftKey: true })).toBe(true);
  expect(meansWindow({ ...none, key: "F", ctrlKey: true, shiftKey: true })).toBe(true);
  expect(meansWindow({ ...none, key: "e", altKey: true })).toBe(false);
});

it("lends them while a letter's frame has the focus, and no longer", async () => {
  const told: string[][] = [];
  let press: (pressed: { window: string; key: string; ctrl: boolean; shift: boolean }) => void = () =>
    undefined;
  setBackend({
    ...openMemory(),
    lendKeys: (keys) => Promise.resolve(told.push(keys) > 0),
    onKeyInLetter: (listener) => {
      press = listener;
      return () => undefined;
    },
  });
  end = lendKeys();
  const frame = document.createElement("iframe");
  frame.dataset.letter = "";
  const field = document.createElement("input");
  document.body.append(frame, field);
  const heard = vi.fn();
  document.addEventListener("keydown", heard);
  frame.focus();
  dispatchEvent(new Event("blur"));
  await vi.waitFor(() => expect(told).toEqual([windowKeys()]));
  press({ window: "main", key: "F", ctrl: true, shift: true });
  expect(heard).toHaveBeenCalledOnce();
  expect(heard.mock.calls[0]?.[0]).toMatchObject({ key: "F", ctrlKey: true, shiftKey: true, target: frame });
  field.focus();
  await vi.waitFor(() => expect(told.at(-1)).toEqual([]));
  document.removeEventListener("keydown", heard);
});

it("types in a field what the shell took before it heard that somebody had gone there", () => {
  let press: (pressed: { window: string; key: string; ctrl: boolean; shift: boolean }) => void = () =>
    undefined;
  setBackend({
    ...openMemory(),
    lendKeys: () => Promise.resolve(true),
    onKeyInLetter: (listener) => {
      press = listener;
      return () => undefined;
    },
  });
  end = lendKeys();
  const field = document.createElement("input");
  field.value = "lp";
  document.body.append(field);
  field.focus();
  field.setSelectionRange(1, 1);
  const typed: string[] = [];
  const onInput = vi.fn(() => typed.push(field.value));
  field.addEventListener("input", onInput);
  const heard: string[] = [];
  const onKey = (event: KeyboardEvent) => {
    heard.push(event.key);
    // The field has a use of its own for this one.
    if (event.key === "#") event.preventDefault();
  };
  field.addEventListener("keydown", onKey);
  press({ window: "main", key: "a", ctrl: false, shift: false });
  press({ window: "main", key: "M", ctrl: false, shift: true });
  press({ window: "main", key: "#", ctrl: false, shift: false });
  press({ window: "main", key: "Escape", ctrl: false, shift: false });
  press({ window: "main", key: "f", ctrl: true, shift: false });
  expect(field.value).toBe("laMp");
  expect(typed, "whoever listens hears of each sign").toEqual(["lap", "laMp"]);
  expect(heard, "and the field of every key").toEqual(["a", "M", "#", "Escape", "f"]);
});

// Whatever is opened over a search or a list gives the keyboard back to where it came from, or to where one goes on. Real keys alone.
import type { Page } from "@playwright/test";
import { expect, test } from "./pace";
import { chosen, folder, list, openWindow } from "./stage";

const field = (page: Page) => page.getByRole("combobox", { name: "Search mail" });
const strip = (page: Page) => page.getByRole("region", { name: "Where and how to search" });
const save = (page: Page) => strip(page).getByRole("button", { name: "Save" });
const name = (page: Page) => page.getByRole("textbox", { name: "Name" });
const heading = (page: Page, text: string) => page.getByRole("heading", { name: text, exact: true });

/** A search, and from there to its Save. */
async function goToSave(page: Page) {
  await page.keyboard.press("Control+k");
  await page.keyboard.type("ferry ");
  await expect(heading(page, "Results")).toBeVisible();
  await save(page).focus();
}

/** A search that is kept, and the keys on it among the folders. */
async function goToKept(page: Page) {
  await goToSave(page);
  await page.keyboard.press("Enter");
  await name(page).fill("Ferries");
  await page.keyboard.press("Enter");
  await expect(heading(page, "Ferries")).toBeVisible();
  await folder(page, /^Ferries/).focus();
}

test("whoever keeps a search with Enter goes on in its list", async ({ page }) => {
  await openWindow(page);
  await goToSave(page);
  await page.keyboard.press("Enter");
  await expect(name(page)).toBeFocused();
  await page.keyboard.type("Ferries");
  await page.keyboard.press("Enter");
  await expect(heading(page, "Ferries")).toBeVisible();
  await expect(list(page), "the button that it was kept by is gone").toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(chosen(page)).toHaveCount(1);
});

test("the same with the mouse, and in a list without rows", async ({ page }) => {
  await openWindow(page);
  await field(page).pressSequentially("zzqqzz ");
  await save(page).click();
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(heading(page, "zzqqzz")).toBeVisible();
  await expect(page.getByRole("group", { name: /Conversations in zzqqzz/ })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(heading(page, "All inboxes"), "Escape leads back").toBeVisible();
});

test("whoever does not keep it is back at the button", async ({ page }) => {
  await openWindow(page);
  await goToSave(page);
  for (const leave of ["Escape", "Cancel"]) {
    await page.keyboard.press("Enter");
    await expect(name(page)).toBeFocused();
    if (leave === "Escape") await page.keyboard.press("Escape");
    else {
      await page.keyboard.press("Tab");
      await expect(page.getByRole("button", { name: "Cancel" })).toBeFocused();
      await page.keyboard.press("Enter");
    }
    await expect(name(page)).toHaveCount(0);
    await expect(save(page), leave).toBeFocused();
  }
});

test("the form gives the keys back to the field, the list or its button, and its search to the results", async ({
  page,
}) => {
  await openWindow(page);
  const form = page.getByRole("dialog", { name: "Search" });
  const button = page.getByRole("button", { name: "Search form" });
  for (const from of [field(page), list(page), button]) {
    await from.focus();
    await page.keyboard.press(from === button ? "Enter" : "Control+Shift+F");
    await expect(form.getByRole("textbox", { name: "Has the words" })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(form).toHaveCount(0);
    await expect(from).toBeFocused();
  }
  await page.keyboard.press("Control+Shift+F");
  await page.keyboard.type("ferry");
  await page.keyboard.press("Enter");
  await expect(heading(page, "Results")).toBeVisible();
  await expect(list(page)).toBeFocused();
});

test("what opens within the form gives the keys back to what opened it, and Escape closes one thing at a time", async ({
  page,
}) => {
  await openWindow(page);
  const form = page.getByRole("dialog", { name: "Search" });
  await page.keyboard.press("Control+Shift+F");
  const folderChoice = form.getByRole("button", { name: /Folder$/ });
  await folderChoice.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("option", { selected: true })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(folderChoice).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(folderChoice).toBeFocused();
  const day = form.getByRole("group", { name: "Since" }).getByRole("spinbutton").first();
  await day.focus();
  await page.keyboard.press("Alt+ArrowDown");
  await expect(page.getByRole("grid")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("grid")).toHaveCount(0);
  await expect(form.getByRole("group", { name: "Since" }).locator(":focus")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(form).toHaveCount(0);
});

test("a search that is kept is renamed and has its menu, and the keys stay on it", async ({ page }) => {
  await openWindow(page);
  await goToKept(page);
  await page.keyboard.press("F2");
  await expect(name(page)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(folder(page, /^Ferries/)).toBeFocused();
  await page.keyboard.press("F2");
  await page.keyboard.type("Boats");
  await page.keyboard.press("Enter");
  await expect(folder(page, /^Boats/)).toBeFocused();
  for (const entry of [null, "Rename"]) {
    await page.keyboard.press("Shift+F10");
    await expect(page.getByRole("menuitem", { name: "Rename" })).toBeVisible();
    if (entry !== null) {
      await page.keyboard.type("ren");
      await page.keyboard.press("Enter");
      await expect(name(page)).toBeFocused();
    }
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(page.getByRole("menu")).toHaveCount(0);
    await expect(folder(page, /^Boats/)).toBeFocused();
  }
});

test("a search that is removed leaves the keys among the folders", async ({ page }) => {
  await openWindow(page);
  await goToKept(page);
  for (const how of ["the key", "the menu"]) {
    await folder(page, /^Ferries/).focus();
    if (how === "the key") await page.keyboard.press("Delete");
    else {
      await page.keyboard.press("Shift+F10");
      await page.keyboard.type("rem");
      await page.keyboard.press("Enter");
    }
    await expect(folder(page, /^Ferries/)).toHaveCount(0);
    await expect(folder(page, /^lena@nordlicht.example/), `${how}: the next row`).toBeFocused();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(folder(page, /^Ferries/)).toHaveCount(1);
  }
});

test("menus of the list's head give the keys back to the list or to their button", async ({ page }) => {
  await openWindow(page);
  const look = page.getByRole("button", { name: /^How the list looks/ });
  const filter = page.getByRole("button", { name: /^(Show only some|Showing only)/ });
  await list(page).focus();
  await page.keyboard.press("o");
  await expect(page.getByRole("menu")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(list(page)).toBeFocused();
  await page.keyboard.press("o");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menu")).toHaveCount(0);
  await expect(list(page), "another order is another list").toBeFocused();
  for (const button of [look, filter]) {
    await button.focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("menu")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(button).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("menu")).toBeVisible();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("menu")).toHaveCount(0);
    await expect(button).toBeFocused();
  }
});

test("the day that a list goes to is asked from the list, and from its menu, and both lead back there", async ({
  page,
}) => {
  await openWindow(page);
  const day = page.getByRole("dialog", { name: "Go to a date" });
  const look = page.getByRole("button", { name: /^How the list looks/ });
  await list(page).focus();
  for (const leave of ["Escape", "Enter"]) {
    await page.keyboard.press("g");
    await expect(day.locator(":focus")).toHaveCount(1);
    await page.keyboard.press(leave);
    await expect(day).toHaveCount(0);
    await expect(list(page), leave).toBeFocused();
  }
  for (const from of [list(page), look]) {
    await from.focus();
    await page.keyboard.press(from === look ? "Enter" : "o");
    await page.keyboard.type("go to");
    await page.keyboard.press("Enter");
    await expect(day.locator(":focus")).toHaveCount(1);
    await page.keyboard.press("Escape");
    await expect(day).toHaveCount(0);
    await expect(from).toBeFocused();
  }
});

// Another identity's signature in the place of the one that stands in a letter, which the engine or the editor has put there.
import { beforeEach, expect, it } from "vitest";
import { LetterEditor } from "../../src/views/compose/letterEditor";
import { swapSignature } from "../../src/views/compose/signature";

const SHOP = "<b>The shop</b><br>Harbour street 1";
const HOME = "Lena";
const QUOTE = '<p>On 23 November at 10:42, Jonas wrote:</p><blockquote type="cite">Bread?</blockquote>';
// As sender.rs writes it.
const block = (signature: string) => `<div class="signature">-- <br>${signature}</div>`;

let root: HTMLElement;

beforeEach(() => {
  root = document.createElement("div");
  document.body.replaceChildren(root);
});

/** The lines of the letter as a reader sees them, from the first word to the last. */
function lines(): string[] {
  const text = root.innerHTML
    .replaceAll(/<br\s*\/?>|<\/(?:div|p|blockquote)>/gi, "\n")
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll("&nbsp;", " ")
    .replaceAll("\u200b", "");
  const all = text.split("\n").map((line) => line.trim());
  return all.filter((line) => line !== "");
}

function swap(html: string, former: string, next: string): string[] {
  root.innerHTML = html;
  swapSignature(root, former, next);
  return lines();
}

const QUOTED = ["On 23 November at 10:42, Jonas wrote:", "Bread?"];

it("swaps the block that the engine has written, above the quotation", () => {
  const html = `<div>Yes.</div>${block(SHOP)}<div><br></div>${QUOTE}`;
  expect(swap(html, SHOP, HOME)).toEqual(["Yes.", "--", "Lena", ...QUOTED]);
  expect(root.innerHTML).toContain("<div><br></div><p>On");
});

it("swaps there and back, however often", () => {
  root.innerHTML = `<div>Yes.</div>${block(SHOP)}${QUOTE}`;
  swapSignature(root, SHOP, HOME);
  swapSignature(root, HOME, SHOP);
  swapSignature(root, SHOP, "");
  swapSignature(root, "", SHOP);
  expect(lines()).toEqual(["Yes.", "--", "The shop", "Harbour street 1", ...QUOTED]);
});

it("takes it away where the other identity has none", () => {
  expect(swap(`<div>Yes.</div>${block(SHOP)}`, SHOP, "")).toEqual(["Yes."]);
  expect(swap(block(SHOP) + QUOTE, SHOP, "")).toEqual(QUOTED);
  expect(root.firstElementChild?.tagName).toBe("DIV");
});

it("keeps what was typed above, below and beside it", () => {
  const typed = `<div>Above<div>-- <br>${SHOP}</div></div><div>P.S. below</div>${QUOTE}`;
  expect(swap(typed, SHOP, HOME)).toEqual(["Above", "--", "Lena", "P.S. below", ...QUOTED]);
  const inside = `<div>-- </div><div><b>The shop</b></div><div>Harbour street 1</div><div>P.S.</div>`;
  expect(swap(inside, SHOP, HOME)).toEqual(["--", "Lena", "P.S."]);
});

it("leaves a signature alone that the person has changed, and adds none", () => {
  const changed = `<div>Yes.</div><div>-- <br><b>The shop</b><br>Closed on Sundays</div>`;
  expect(swap(changed, SHOP, HOME)).toEqual(["Yes.", "--", "The shop", "Closed on Sundays"]);
});

it("leaves signatures in quotations alone", () => {
  const quotation = `<p>Jonas wrote:</p><blockquote type="cite"><div>-- <br>${SHOP}</div></blockquote>`;
  const theirs = ["Jonas wrote:", "--", "The shop", "Harbour street 1"];
  expect(swap(`<div>Yes.</div>${quotation}`, SHOP, "")).toEqual(["Yes.", ...theirs]);
  expect(swap(`<div>Yes.</div>${quotation}`, "", HOME)).toEqual(["Yes.", "--", "Lena", ...theirs]);
});

it("works on what the editor makes of the engine's block", () => {
  const events = { input: () => undefined, formats: () => undefined, link: () => undefined };
  const editor = new LetterEditor(root, `<div><br></div>${block(SHOP)}<div><br></div>${QUOTE}`, events);
  editor.setSignature(SHOP, HOME);
  expect(lines()).toEqual(["--", "Lena", ...QUOTED]);
  editor.setSignature(HOME, "");
  expect(lines()).toEqual(QUOTED);
  editor.setSignature("", SHOP);
  expect(lines()).toEqual(["--", "The shop", "Harbour street 1", ...QUOTED]);
  editor.destroy();
});

// Text that WebKit would not mark gets an element of its own; all else stays as it is.
import { expect, it } from "vitest";
import { rangesOf, textWithin } from "../../src/state/letterText";
import { giveOwnBoxes, needsOwnBoxes } from "../../src/state/ownBox";

const WEBKIT =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15";
const CHROMIUM =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0";

/** Marks "boat" wherever it stands, and gives what the marks say and the page after that. */
function marked(html: string): { said: string[]; page: string } {
  const root = document.createElement("div");
  root.innerHTML = html;
  document.body.append(root);
  const text = textWithin(root);
  const places = [...text.text.matchAll(/boat/gu)].map(({ index }): [number, number] => [index, index + 4]);
  const said = rangesOf(text, places, (texts) => giveOwnBoxes(texts, WEBKIT)).map(String);
  const page = root.innerHTML;
  root.remove();
  return { said, page };
}

it("gives text that stands beside a block an element of its own", () => {
  for (const [html, expected] of [
    [
      "<div>a boat, a boat<details><summary>…</summary><p>old boat</p></details></div>",
      "<div><waxwing-words>a boat, a boat</waxwing-words><details><summary>…</summary><p>old boat</p></details></div>",
    ],
    ["a boat<br>here<p>and there</p>", "<waxwing-words>a boat</waxwing-words><br>here<p>and there</p>"],
    [
      '<div style="display:flex">boat</div>',
      '<div style="display:flex"><waxwing-words>boat</waxwing-words></div>',
    ],
    [
      "<div>boat<font><div>quay</div></font></div>",
      "<div><waxwing-words>boat</waxwing-words><font><div>quay</div></font></div>",
    ],
  ] as const) {
    const { said, page } = marked(html);
    expect(page).toBe(expected);
    expect(new Set(said), "the places are still where they were").toEqual(new Set(["boat"]));
  }
});

it("leaves all other text alone", () => {
  for (const html of [
    "<p>a boat</p><p>the other boat</p>",
    "<div>a <b>bo</b>at<br>and <a>a boat</a></div>",
    '<div>a boat<div style="display:none">hidden</div></div>',
    "<span>a boat<div>in an odd place</div></span>",
  ]) {
    const { said, page } = marked(html);
    expect(page).toBe(html);
    expect(new Set(said)).toEqual(new Set(["boat"]));
  }
});

it("is for the web views that need it", () => {
  expect([WEBKIT, CHROMIUM].map(needsOwnBoxes)).toEqual([true, false]);
});

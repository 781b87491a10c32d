// What may enter the composer's document, from a draft, a quoted letter or the clipboard.
import { describe, expect, it } from "vitest";
import { cleanFragment, isLinkAllowed } from "../../src/views/compose/clean";

function clean(html: string): string {
  const holder = document.createElement("div");
  holder.append(cleanFragment(html));
  return holder.innerHTML;
}

it("keeps what a letter is made of", () => {
  const html =
    '<div>Hello <b>you</b>, <a href="https://a.example/">here</a></div><blockquote type="cite"><ul><li>one</li></ul></blockquote>';
  expect(clean(html)).toBe(html);
});

describe("hostile HTML", () => {
  it.each([
    "<script>alert(1)</script>",
    "<style>@import url(http://a.example)</style>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "<template><img src=x onerror=alert(1)></template>",
    "<noscript><img src=x></noscript>",
    "<form><button>x</button></form>",
    '<img src="http://tracker.example/p.png">',
    '<img src="data:image/svg+xml;base64,PHN2Zz4=">',
    '<object data="http://a.example"></object>',
  ])("leaves nothing of %s", (html) => expect(clean(html)).toBe(""));

  it("drops handlers, styles, ids and classes", () => {
    expect(
      clean('<div onclick="alert(1)" style="background:url(http://a.example)" id="root" class="x">a</div>'),
    ).toBe("<div>a</div>");
  });
  it.each([
    "javascript:alert(1)",
    "java\nscript:alert(1)",
    " \u0001javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "tauri://localhost/",
    "//a.example",
  ])("does not link to %j", (href) => {
    expect(isLinkAllowed(href)).toBe(false);
    const holder = document.createElement("div");
    holder.append(cleanFragment(`<a>x</a>`));
    const link = document.createElement("a");
    link.setAttribute("href", href);
    expect(clean(link.outerHTML)).toBe("<a></a>");
  });
  it("flattens nesting that no person wrote", () => {
    let depth = 0;
    const holder = document.createElement("div");
    holder.append(cleanFragment("<div>".repeat(400) + "deep"));
    for (let node: Element | null = holder; node; node = node.firstElementChild) depth += 1;
    expect(depth).toBeLessThan(90);
    expect(holder.textContent, "the words stay").toBe("deep");
  });
});

it("unwraps an unknown element and keeps its words", () => {
  expect(clean("<center><font color=red>hi</font></center>")).toBe("hi");
});
it("keeps a picture whose bytes are in the letter", () => {
  expect(clean('<img alt="x" src="data:image/png;base64,AAAA" srcset="http://a.example/x 2x">')).toBe(
    '<img alt="x" src="data:image/png;base64,AAAA">',
  );
});

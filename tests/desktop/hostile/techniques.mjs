// Ways in which a letter tries to make its reader's web view contact somebody. Each of them works in a plain page, and
// the test says so; what would not fire by itself there (hovering, printing) is not in the list, for it proves nothing.

const style = (css, body) => `<html><head><style>${css}</style></head><body>${body}</body></html>`;

/** A name, and the letter's document for an address that must never hear of it. */
export const techniques = {
  "a picture": (url) => `<p>Look</p><img src="${url}/a.png">`,
  "a picture of 1 by 1": (url) => `<p>Hello</p><img src="${url}/pixel.gif?to=lena" width="1" height="1">`,
  "a picture in a set": (url) => `<img srcset="${url}/a.png 1x, ${url}/b.png 2x">`,
  "a picture with choices": (url) => `<picture><source srcset="${url}/a.png"><img alt="a"></picture>`,
  "a picture beside a base": (url) =>
    `<html><head><base href="${url}/"></head><body><img src="a.png"></body></html>`,
  "a background in an attribute": (url) =>
    `<body background="${url}/a.png"><table background="${url}/b.png"><tr><td>A</table>`,
  "a background in a style": (url) => `<div style="background-image: url(${url}/a.png)">Hello</div>`,
  "a background in a style sheet": (url) => style(`p { background: url("${url}/a.png") }`, "<p>Hello</p>"),
  "a background behind escapes": (url) => style(`p { background: u\\72 l("${url}/a.png") }`, "<p>Hello</p>"),
  "a background through a variable": (url) =>
    style(`p { --a: url(${url}/a.png); background: var(--a) }`, "<p>Hello</p>"),
  "a set of backgrounds": (url) => style(`p { background: image-set("${url}/a.png" 1x) }`, "<p>Hello</p>"),
  "a style sheet that imports": (url) => style(`@import url(${url}/css);`, "<p>Hello</p>"),
  "a style sheet that imports a word": (url) => style(`@import "${url}/css";`, "<p>Hello</p>"),
  "a style sheet by link": (url) =>
    `<html><head><link rel="stylesheet" href="${url}/css"></head><body>Hello</body></html>`,
  "a script that is loaded ahead": (url) =>
    `<html><head><link rel="preload" as="script" href="${url}/a"></head><body>Hello</body></html>`,
  "a connection made ahead": (url) =>
    `<html><head><link rel="preconnect" href="${url}"></head><body>Hello</body></html>`,
  "a font": (url) =>
    style(`@font-face { font-family: a; src: url(${url}/font) } p { font-family: a }`, "<p>Hello</p>"),
  "a bullet": (url) => style(`li { list-style-image: url(${url}/a.png) }`, "<ul><li>Hello</ul>"),
  "a border": (url) => style(`p { border: 3px solid; border-image: url(${url}/a.png) 3 }`, "<p>Hello</p>"),
  "content before a word": (url) => style(`p::before { content: url(${url}/a.png) }`, "<p>Hello</p>"),
  "a hint in a field": (url) =>
    style(`input::placeholder { background: url(${url}/a.png) }`, '<input placeholder="Hello">'),
  "the button of a file field": (url) =>
    style(`::file-selector-button { background: url(${url}/a.png) }`, '<input type="file">'),
  "the poster of a film": (url) => `<video poster="${url}/a.png" width="90" height="90"></video>`,
  "a frame": (url) => `<iframe src="${url}/page"></iframe>`,
  "a frame with a document": (url) => `<iframe srcdoc="&lt;img src='${url}/a.png'&gt;"></iframe>`,
  "an object": (url) => `<object data="${url}/page" type="text/html" width="90" height="90"></object>`,
  "a page that is embedded": (url) => `<embed src="${url}/page" type="text/html" width="90" height="90">`,
  "a drawing with a picture": (url) =>
    `<svg width="90" height="90"><image href="${url}/a.png" width="90" height="90"/></svg>`,
  "a drawing with a filter": (url) =>
    `<svg width="90" height="90"><filter id="f"><feImage href="${url}/a.png"/></filter><rect width="90" height="90" filter="url(#f)"/></svg>`,
  "a button with a picture": (url) =>
    `<form action="${url}/form"><input type="image" src="${url}/a.png"></form>`,
  "a page that moves on": (url) =>
    `<html><head><meta http-equiv="refresh" content="0;url=${url}/page"></head><body>Hello</body></html>`,
  "a form that sends itself": (url) =>
    `<form action="${url}/page" id="f"><input name="a"></form><script>f.submit()</script>`,
  "a script": (url) => `<script>new Image().src = "${url}/a.png"</script>`,
  "a script that is fetched": (url) => `<script src="${url}/script"></script>`,
  "a picture that fails": (url) => `<img src="x:" onerror="this.onerror = null; this.src = '${url}/a.png'">`,
  "a drawing that is loaded": (url) => `<svg onload="fetch('${url}/a')"></svg>`,
};

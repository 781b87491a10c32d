// The document of a letter, in the shape the shell gives: whole, with its own policy first, ready for a frame.
import type { BodyView, LookView } from "../backend";
import { allowedFor, houseOf, listOf, remoteOf, whoKnown } from "./caution";
import type { Letter, World } from "./world";

const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
const picture =
  "data:image/svg+xml," +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" width="160" height="90"><rect width="160" height="90" rx="6" fill="#0f6b66"/><circle cx="80" cy="45" r="22" fill="#dcefec"/></svg>',
  );

/** For whoever may open the letter next. */
export function bodyAhead(world: World, letter: Letter, look: LookView): BodyView | null {
  return letter.bodyPresent ? bodyOf(world, letter, look) : null;
}

export function bodyOf(world: World, letter: Letter, look: LookView): BodyView {
  // What begins like one is a whole document from the sanitiser, which the tests put in.
  const finished = /^<!doctype html[^>]*><html><head><meta http-equiv=/u.test(letter.html)
    ? letter.html
    : null;
  const ink = look.dark ? "#ece8e2" : "#221f1b";
  const link = look.dark ? "#8edcd4" : "#0b5a56";
  const known = whoKnown(world, letter);
  const allowed = allowedFor(world, letter);
  const holds = allowed !== null && (allowed.kind === "list" ? known.pictures.list : known.pictures.sender);
  const shown = look.remoteImages || holds;
  const missed = (letter.missed ?? []).reduce((sum, { count }) => sum + count, 0);
  const image = (_: unknown, at: number) =>
    `<img src="${at < missed ? "data:image/png," : picture}" alt="Picture" width="160" height="90">`;
  const images =
    shown && letter.remoteImages > 0
      ? `<p>${Array.from({ length: letter.remoteImages }, image).reverse().join(" ")}</p>`
      : "";
  const apart = look.darkAround && !look.dark ? "padding:14px 18px;" : "";
  const style = `:root{color-scheme:${look.dark ? "dark" : "light"}}body{margin:0;${apart}font:13.5px/1.45 Inter,system-ui,sans-serif;color:${ink};overflow-wrap:anywhere;-webkit-font-smoothing:antialiased}p{margin:0 0 11px;max-width:66ch}p:last-child{margin-bottom:0}.waxwing-remote{display:inline-block}a{color:${link}}::highlight(waxwing-found){background:#ffe08a;color:#221f1b}::highlight(waxwing-found-here){background:#d9960b;color:#1b1a18}`;
  return {
    document:
      finished ??
      `<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="${policy}"><meta charset="utf-8"><title>Letter</title><style>${style}</style></head><body dir="auto">${look.plain ? `<pre>${letter.preview}</pre>` : letter.html + images}</body></html>`,
    remoteImages: shown ? 0 : letter.remoteImages,
    trackers: letter.trackers,
    imagesHeld: allowed !== null && !shown,
    imagesAllowed: allowed,
    remote: remoteOf(letter),
    leftOut: letter.leftOut ?? { styleSheets: 0, scripts: 0, forms: 0 },
    sentBy: letter.sentBy ?? null,
    house: houseOf(letter.from[0]?.email ?? ""),
    list: listOf(world, letter),
    attachments: letter.attachments,
    // What is read as it is meant is garbled no more.
    oddities: look.charset === null ? (letter.oddities ?? []) : [],
    garbled: look.charset === null && (letter.garbled ?? false),
    kinds: letter.kinds ?? [],
    receiptTo: world.receiptsAnswered.has(letter.id) ? [] : (letter.receiptTo ?? []),
    reports: letter.reports ?? [],
    reporting: letter.reporting ?? null,
    darkened: look.dark && !look.plain && letter.html.includes("color:"),
    invitation: letter.invitation ?? null,
    who: known,
  };
}

// Files of letters, looked at in the real window: its web view draws the pages of a PDF, and what is a text is read in its character set,
// whether the sender says it or not. What is dragged out of the window a program of the desktop would get is tried by hand.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { addAccount } from "./harness/account.mjs";
import { App } from "./harness/app.mjs";
import { Desktop } from "./harness/desktop.mjs";
import { letterWithFiles } from "./harness/files.mjs";
import { Stage } from "./harness/stage.mjs";

let stage, desktop, app;

before(async () => {
  [stage, desktop] = await Promise.all([Stage.start(), Desktop.open("lena-files")]);
  const russian = Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]);
  await stage.deliver(
    "lena",
    letterWithFiles("Files to look at", [
      { name: "lease.pdf", type: "application/pdf", bytes: Buffer.from(twoPages()) },
      { name: "said.txt", type: "text/plain; charset=windows-1251", bytes: russian },
      { name: "unsaid.txt", type: "text/plain", bytes: Buffer.concat(Array(40).fill(cyrillic())) },
      { name: "server.log", type: "application/octet-stream", bytes: Buffer.from("It went well.\n") },
      { name: "invoice.lnk", type: "application/pdf", bytes: Buffer.from("L\0\0\0") },
    ]),
  );
  app = await App.open(desktop, { ca: stage.ca });
  const { imaps, submissions } = stage.ports;
  await addAccount(app, stage, "lena", {
    name: "Lena Brandt",
    incoming: { port: imaps },
    outgoing: { port: submissions },
  });
  await app.press("option", /Files to look at/);
});

after(async () => {
  await app?.close();
  await desktop?.close();
  await stage?.stop();
});

/** Looks at a file, until it says this, and goes back. */
async function seen(name, words) {
  await app.press("button", new RegExp(`^Open ?${name.replace(".", "\\.")}`));
  const said = await app.reads(words);
  await app.press("button", /^(Close|Cancel)$/);
  await app.gone("dialog", /./);
  return said;
}

test("the pages of a PDF are drawn, and their words are there for those who hear them", async () => {
  await app.press("button", /^Open ?lease\.pdf/);
  await app.reads("The lease, page one");
  await app.picture("files-1-pdf");
  assert.equal((await app.all("alert")).length, 0, "nothing is called broken");
  const beyond = await app.driver.run(() => {
    const sheet = document.querySelector('[role="dialog"]');
    const pages = sheet.querySelector('[role="document"]');
    return { across: pages.scrollWidth - pages.clientWidth, around: sheet.scrollHeight - sheet.clientHeight };
  });
  assert.deepEqual(beyond, { across: 0, around: 0 }, "a page fits, and nothing around it scrolls");
  await app.press("button", /^Next page$/);
  await app.reads("The lease, page two");
  await app.press("button", /^Close$/);
  await app.gone("dialog", /./);
});

test("texts are read in their character sets, and a log is a text", async () => {
  await seen("said.txt", "Привет");
  await seen("unsaid.txt", "Ключи висят за второй дверью");
  await seen("server.log", "It went well.");
});

test("a program that is sent as a PDF is told as a program", async () => {
  await app.press("button", /^Open ?invoice\.lnk/);
  await app.find("alertdialog", /This file may do harm/);
  await app.reads("It is a program.");
  await app.press("button", /^Cancel$/);
});

test("a search says in which file it has found a letter, in its row and at the file", async () => {
  await app.fill("combobox", /^Search mail$/, '"page two" ');
  // Files are read behind the scenes, once the letter is here.
  const row = await app.find("option", /In lease\.pdf: .*page two/, { patience: 30_000 });
  const said = await app.driver.run((it) => it.textContent, row);
  assert.match(said, /Files to look at/);
  assert.match(said, /in Inbox/, "and where it is");
  const marked = await app.driver.run(
    (it) => [...it.querySelectorAll("mark")].map((mark) => mark.textContent),
    row,
  );
  assert.deepEqual(marked, ["page two"]);
  await app.picture("files-2-found");
  await app.press("option", /In lease\.pdf/);
  await app.find("button", /^Open ?lease\.pdf.*found in this file/);
  assert.equal((await app.all("button", /found in this file/)).length, 1, "and no other file says so");
  await app.picture("files-3-found-in-file");
});

/** "The keys hang behind the second door." in windows-1251. */
function cyrillic() {
  const octet = (sign) => {
    const code = sign.codePointAt(0);
    return code < 0x80 ? code : code - 0x350;
  };
  return Buffer.from([..."Ключи висят за второй дверью. Здравствуйте!\n"].map(octet));
}

/** The smallest PDF of two pages whose words can be read (ISO 32000-1, section 7.5). */
function twoPages() {
  const text = (words) => `BT /F 24 Tf 72 700 Td (${words}) Tj ET`;
  const streams = [text("The lease, page one"), text("The lease, page two")];
  const page = (contents) =>
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 7 0 R>>>>/Contents ${contents} 0 R>>`;
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
    page(5),
    page(6),
    ...streams.map((stream) => `<</Length ${stream.length}>>stream\n${stream}\nendstream`),
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
  ];
  let file = "%PDF-1.4\n";
  const places = objects.map((object, index) => {
    const place = file.length;
    file += `${index + 1} 0 obj${object}endobj\n`;
    return place;
  });
  const table = file.length;
  const line = (place) => `${String(place).padStart(10, "0")} 00000 n \n`;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map(line).join("")}`;
  return `${file}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${table}\n%%EOF\n`;
}

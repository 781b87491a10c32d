// Files of letters, looked at in the real window: its web view draws the pages of a PDF, and what is a text is read in its character set,
// whether the sender says it or not. What is dragged out of the window a program of the desktop would get is tried by hand.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { addAccount } from "./harness/account.mjs";
import { App } from "./harness/app.mjs";
import { Child } from "./harness/child.mjs";
import { Desktop } from "./harness/desktop.mjs";
import { letterWithFiles } from "./harness/files.mjs";
import { folder } from "./harness/places.mjs";
import { Stage } from "./harness/stage.mjs";
import { until } from "./harness/until.mjs";

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
      { name: "bills.zip", type: "application/zip", bytes: archive("papers/invoice.pdf.exe", "MZ") },
      {
        name: "plan.docx",
        type: "application/octet-stream",
        bytes: archive("word/document.xml", "<w:p><w:r><w:t>The ferry waits at noon</w:t></w:r></w:p>"),
      },
      { name: "scan.tif", type: "image/tiff", bytes: Buffer.from("II*\0") },
    ]),
  );
  // By itself: the files of so large a letter are not opened for a row of a search.
  await stage.deliver(
    "lena",
    letterWithFiles("A bell", [{ name: "bell.wav", type: "audio/wav", bytes: silence(9_000_000) }]),
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

test("what is in an archive is listed, and the program in it is named before anything opens it", async () => {
  await app.press("button", /^Open ?bills\.zip/);
  await app.reads("In it is a file that may do harm: papers/invoice.pdf.exe");
  await app.picture("files-2-archive");
  await app.press("button", /^Open with a program$/);
  await app.find("alertdialog", /This file may do harm/);
  await app.press("button", /^Cancel$/);
  await app.gone("alertdialog", /./);
  if ((await app.all("dialog")).length > 0) await app.press("button", /^Close$/);
  await app.gone("dialog", /./);
});

test("the words of a document are shown, and of a scan that it cannot be", async () => {
  await seen("plan.docx", "The ferry waits at noon");
  await seen("scan.tif", "Pictures of this kind cannot be shown here.");
});

test("a sound of several pieces comes whole", async () => {
  await app.press("option", /A bell/);
  await app.press("button", /^Open ?bell\.wav/);
  // It is there when as many octets have come as were sent, and not before.
  await until("the sound is here", () =>
    app.driver.run(() => document.querySelector('[role="dialog"] audio') !== null),
  );
  assert.deepEqual(await app.all("alert"), [], "nothing is lost on its way");
  await app.press("button", /^Close$/);
  await app.gone("dialog", /./);
  await app.press("option", /Files to look at/);
});

test("what was saved is asked to be shown in its folder, by whichever program shows folders", async () => {
  const bus = Child.start("lena-files-bus", "dbus-monitor", ["--session", "member='ShowItems'"], {
    env: desktop.env,
  });
  await app.press("button", /^Save server\.log/);
  const dialog = await until("the system asks where to", () => {
    try {
      const windows = desktop.run("xdotool", "search", "--onlyvisible", "--class", "waxwing");
      const others = windows.trim().split("\n");
      return others.find((id) => !/^Waxwing$/m.test(desktop.run("xdotool", "getwindowname", id)));
    } catch {
      // xdotool fails where it finds nothing.
      return undefined;
    }
  });
  desktop.run("xdotool", "windowactivate", "--sync", dialog);
  // In the place of the name that is offered: a folder of this run, in which nothing is to be replaced.
  desktop.run("xdotool", "key", "--clearmodifiers", "ctrl+a");
  desktop.run("xdotool", "type", "--clearmodifiers", join(folder("files-saved"), "server.log"));
  desktop.run("xdotool", "key", "--clearmodifiers", "Return");
  await app.reads(/Saved to .*server\.log/);
  await app.press("button", /^Show in folder$/);
  await until("a program is asked to select the file", () =>
    /ShowItems[^]*file:\/\/.*\/server\.log/.test(bus.said()),
  );
  await app.find("button", /^Show server\.log in its folder$/);
  await app.picture("files-3-saved");
  await bus.stop();
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
  await app.picture("files-4-found");
  await app.press("option", /In lease\.pdf/);
  await app.find("button", /^Open ?lease\.pdf.*found in this file/);
  assert.equal((await app.all("button", /found in this file/)).length, 1, "and no other file says so");
  await app.picture("files-5-found-in-file");
});

/** A ZIP archive of one stored file (APPNOTE, sections 4.3.7, 4.3.12 and 4.3.16). */
function archive(name, text) {
  const [title, body] = [Buffer.from(name), Buffer.from(text)];
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt32LE(body.length, 14);
  common.writeUInt32LE(body.length, 18);
  common.writeUInt16LE(title.length, 22);
  const file = Buffer.concat([Buffer.from("PK\x03\x04"), common, title, body]);
  const line = Buffer.concat([Buffer.from("PK\x01\x02\x14\0"), common, Buffer.alloc(14), title]);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(line.length, 12);
  end.writeUInt32LE(file.length, 16);
  return Buffer.concat([file, line, end]);
}

/** A WAV file of so many samples of eight bits. */
function silence(samples) {
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + samples, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8_000, 24);
  head.writeUInt32LE(8_000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write("data", 36);
  head.writeUInt32LE(samples, 40);
  return Buffer.concat([head, Buffer.alloc(samples, 128)]);
}

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

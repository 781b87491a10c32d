// Letters as they stand on the wire. They are written out by hand, so that the app's own writer does not judge itself.
import { randomUUID } from "node:crypto";

/** One letter. With `html` it is that alone, as hostile letters are; otherwise it is plain text. */
export function letter({
  from,
  to = "lena@waxwing.test",
  subject,
  text = "",
  html,
  minutesAgo = 0,
  answers,
  head = [],
}) {
  const at = new Date(Date.now() - minutesAgo * 60_000).toUTCString().replace("GMT", "+0000");
  const lines = [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Date: ${at}`,
    `Message-ID: <${randomUUID()}@waxwing.test>`,
    ...(answers === undefined ? [] : [`In-Reply-To: ${answers}`, `References: ${answers}`]),
    ...head,
    "MIME-Version: 1.0",
    `Content-Type: text/${html === undefined ? "plain" : "html"}; charset=utf-8`,
    "Content-Transfer-Encoding: 8bit",
    "",
    html ?? text,
  ];
  return `${lines.join("\r\n")}\r\n`;
}

/** The value of a field of a raw letter, unfolded. */
export function field(raw, name) {
  const head = raw.split(/\r?\n\r?\n/, 1)[0].replace(/\r?\n[ \t]+/g, " ");
  return new RegExp(`^${name}: *(.*)$`, "im").exec(head)?.[1]?.trim();
}

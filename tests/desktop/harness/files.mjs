// A letter with files, as it stands on the wire: each in base64, under the name and the kind that its sender gave it.
import { randomUUID } from "node:crypto";

/** `files` are `{ name, type, bytes }`; `type` may have parameters of its own. */
export function letterWithFiles(subject, files) {
  const border = `b${randomUUID()}`;
  const part = ({ name, type, bytes }) =>
    [
      `--${border}`,
      `Content-Type: ${type}; name="${name}"`,
      `Content-Disposition: attachment; filename="${name}"`,
      "Content-Transfer-Encoding: base64",
      "",
      ...(bytes.toString("base64").match(/.{1,76}/g) ?? []),
    ].join("\r\n");
  const head = [
    "From: Jonas Halvorsen <jonas@waxwing.test>",
    "To: lena@waxwing.test",
    `Subject: ${subject}`,
    `Date: ${new Date().toUTCString().replace("GMT", "+0000")}`,
    `Message-ID: <${randomUUID()}@waxwing.test>`,
    "MIME-Version: 1.0",
    `Content-Type: multipart/mixed; boundary=${border}`,
    "",
    `--${border}`,
    "",
    "Here they are.",
  ];
  return `${[...head, ...files.map(part), `--${border}--`].join("\r\n")}\r\n`;
}
